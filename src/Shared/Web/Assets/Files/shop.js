// Enhancements only: every page works without this file.

// What scripts say is written in English; a page in another language brings the translations along.
const texts = JSON.parse(document.getElementById("texts")?.textContent ?? "{}");
const t = (text, ...values) => (texts[text] ?? text).replace(/\{(\d)\}/g, (place, index) => values[index] ?? place);
// For the other scripts of a page: file names carry fingerprints, so modules cannot name one another.
globalThis.shopText = t;

// The theme is remembered in a cookie for all siblings, so the server sends the right one and nothing flashes.
function initTheme() {
  const button = document.querySelector("[data-theme-switch]");
  if (!button) return;
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  show();
  dark.addEventListener("change", show);
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    root.dataset.theme = theme;
    document.cookie = `__Secure-shop.theme=${theme}; Domain=${button.dataset.domain}; Path=/; Max-Age=31536000; Secure; SameSite=Lax`;
    show();
  });
}

export function toast(text, { error = false, link } = {}) {
  const region = document.querySelector(".toasts");
  if (!region) return;
  const item = document.createElement("div");
  item.className = error ? "toast toast--error" : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  item.append(words);
  if (link) {
    const a = document.createElement("a");
    a.href = link.href;
    a.textContent = link.text;
    item.append(a);
  }
  region.append(item);
  setTimeout(() => item.remove(), 6000);
}

export function showCartCount(count) {
  for (const badge of document.querySelectorAll("[data-testid='cart-count']")) {
    badge.textContent = count > 0 ? String(count) : "";
    badge.classList.remove("is-new");
    void badge.offsetWidth;
    badge.classList.add("is-new");
  }
}

// The cart that unfolds in the header, as the answer to an addition describes it.
function showMiniCart({ count, lines, total, more }) {
  const cart = document.querySelector("[data-testid='mini-cart']");
  if (!cart || !lines) return;
  const price = (value) => {
    const element = document.createElement("span");
    element.className = "price";
    element.textContent = `€${value.toFixed(2)}`;
    return element;
  };
  cart.hidden = count === 0;
  cart.querySelector("[data-mini-lines]").replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    words.append(`${line.quantity} × `);
    const name = document.createElement(line.url ? "a" : "span");
    if (line.url) name.href = line.url;
    name.textContent = line.name;
    words.append(name);
    item.append(words, price(line.lineTotal));
    return item;
  }));
  const rest = cart.querySelector("[data-mini-more]");
  rest.hidden = more === 0;
  rest.textContent = t("and {0} more", more);
  cart.querySelector(".mini-cart__total .price").replaceWith(price(total));
}

// A form that adds to the cart is sent without leaving the page: the same form to the same address, token and all, asking for JSON.
// If no answer comes, it goes the ordinary way.
function initAddToCart() {
  let adding = Promise.resolve();
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("addToCart" in form.dataset)) return;
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button[type=submit]");
    if (button?.getAttribute("aria-busy") === "true") return;
    button?.setAttribute("aria-busy", "true");
    // One after the other: a first visitor's session comes with the first answer, and two at once would each get a cart of their own.
    await (adding = adding.then(() => add(form, button)));
  });

  async function add(form, button) {
    try {
      const response = await fetch(form.action, {
        method: "POST",
        credentials: "include",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      const answer = await response.json();
      if (response.ok) {
        if (typeof answer.count === "number") showCartCount(answer.count);
        showMiniCart(answer);
        toast(form.dataset.name ? t("{0} is in your cart.", form.dataset.name) : t("It is in your cart."), { link: { href: form.dataset.cart, text: t("View cart") } });
        button?.classList.add("is-done");
        setTimeout(() => button?.classList.remove("is-done"), 2000);
      } else {
        const errors = answer.errors ? Object.values(answer.errors).flat().join(" ") : "";
        toast(errors || answer.detail || t("That did not work."), { error: true });
      }
    } catch {
      form.submit();
    } finally {
      button?.removeAttribute("aria-busy");
    }
  }
}

// A pressed button says that it was heard, and is not pressed twice.
function initBusy() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
    const button = event.submitter ?? form.querySelector("button[type=submit]");
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    button?.setAttribute("aria-busy", "true");
  });
  // Coming back through the history, the form may be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  });
}

// Choosing a filter or an order acts at once; without scripts there is a button.
function initAutoSubmit() {
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-auto-submit]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
}

// An open page learns at once that its login ended, here or on another device, and is asked before it ends unused. One tab of a host keeps the
// stream and tells the others: a browser opens few connections to one host, and each stream holds one.
function initSessionWatch() {
  if (!document.querySelector("[data-testid='user-name']") || !window.EventSource || !navigator.locks || !window.BroadcastChannel) return;
  // Where the id travels in addresses (the lab alone) what a script asks for carries none: it would always learn that nobody is signed in.
  if (document.querySelector("[data-testid='url-banner']")) return;
  const channel = new BroadcastChannel("shop-session");
  let leaving = false;
  let warning = 0;
  let dialog = null;
  const pause = 2000;
  const longestPause = 60000;
  addEventListener("submit", (event) => (leaving ||= !event.defaultPrevented));
  addEventListener("pagehide", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));

  function ask(id, title, text, actions) {
    dialog?.remove();
    dialog = document.createElement("dialog");
    dialog.className = "notice";
    dialog.dataset.testid = id;
    const heading = document.createElement("h2");
    heading.id = "notice-title";
    heading.textContent = title;
    dialog.setAttribute("aria-labelledby", heading.id);
    const words = document.createElement("p");
    words.textContent = text;
    const buttons = document.createElement("div");
    buttons.className = "notice__actions";
    for (const [label, primary, act] of actions) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = primary ? "button button--primary" : "button";
      button.textContent = label;
      button.addEventListener("click", act);
      buttons.append(button);
    }
    dialog.append(heading, words, buttons);
    document.body.append(dialog);
    dialog.showModal();
  }

  const close = () => dialog?.close();

  async function keep(tries = 10) {
    close();
    const response = await fetch("/session/keep", { method: "POST", headers: { Accept: "application/json" } }).catch(() => null);
    if (response?.status === 401) ended();
    else if (!response?.ok && tries > 1) setTimeout(keep, pause, tries - 1);
  }

  function ended() {
    clearTimeout(warning);
    if (leaving) return;
    ask("session-ended", t("You are signed out"), t("Your session ended: it was not used for a while, or it was ended on another device. What you typed on this page is still here."), [
      [t("Sign in again"), true, () => location.assign(document.querySelector("[data-sign-in]")?.dataset.signIn ?? location.href)],
      [t("Stay on this page"), false, close],
    ]);
  }

  function state(secondsLeft) {
    clearTimeout(warning);
    if (dialog?.dataset.testid === "session-warning") close();
    // A timer cannot hold more than 24 days; who is signed in that long need not be asked now.
    const wait = Math.max(secondsLeft - 60, secondsLeft / 2) * 1000;
    if (wait > 2 ** 31 - 1) return;
    warning = setTimeout(() => {
      ask("session-warning", t("Are you still there?"), t("You have not used the shop for a while and will be signed out in a moment."), [[t("Stay signed in"), true, () => keep()]]);
    }, wait);
  }

  const hear = ({ kind, secondsLeft }) => (kind === "ended" ? ended() : state(secondsLeft));
  channel.addEventListener("message", (event) => hear(event.data));
  navigator.locks.request("shop-session", () => new Promise((release) => {
    const tell = (message) => {
      channel.postMessage(message);
      hear(message);
    };
    const tellEnded = () => {
      tell({ kind: "ended" });
      release();
    };

    let wait = pause;
    function listen() {
      const stream = new EventSource("/session/events");
      stream.addEventListener("open", () => (wait = pause));
      stream.addEventListener("state", (event) => tell({ kind: "state", ...JSON.parse(event.data) }));
      stream.addEventListener("ended", () => {
        stream.close();
        tellEnded();
      });
      stream.addEventListener("error", async () => {
        // A stream that broke off is opened again by the browser itself. Closed for good is one that was answered with an error, or with 204: the login ended while nobody listened, or is of a
        // kind that no stream tells of.
        if (stream.readyState !== EventSource.CLOSED) return;
        if (await isSignedOut()) return tellEnded();
        setTimeout(listen, wait);
        wait = Math.min(wait * 2, longestPause);
      });
    }

    listen();
  }));

  // Asked more than once: where each replica keeps sessions for itself (the lab), one that does not know the login is no end of it.
  async function isSignedOut() {
    for (let asked = 0; asked < 3; asked++) {
      const response = await fetch("/api/session", { headers: { Accept: "application/json" } }).catch(() => null);
      if (!response?.ok || (await response.json().catch(() => null))?.authenticated !== false) return false;
    }
    return true;
  }
}

initTheme();
initSessionWatch();
initAddToCart();
initBusy();
initAutoSubmit();
