// Enhancements only: every page works without this file.

const t = globalThis.shopText;

// A button to look at what was typed. It exists only where scripts run, and never outlives the form being sent.
for (const input of document.querySelectorAll("input[data-reveal]")) {
  const frame = document.createElement("span");
  frame.className = "reveal";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "reveal__button";
  const label = input.labels?.[0]?.textContent ?? t("Password");
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? t("Hide") : t("Show");
    button.setAttribute("aria-label", visible ? t("Hide {0}", label.toLowerCase()) : t("Show {0}", label.toLowerCase()));
    button.setAttribute("aria-pressed", String(visible));
  };
  button.addEventListener("click", () => {
    show(input.type === "password");
    input.focus();
  });
  input.form?.addEventListener("submit", () => show(false));
  // Moving an element takes the focus from it.
  const focused = document.activeElement === input || input.autofocus;
  input.replaceWith(frame);
  frame.append(input, button);
  show(false);
  if (focused) input.focus();
}

// Exact times in the visitor's own zone, on hover.
function nameTimes(root) {
  for (const time of root.querySelectorAll("time[data-local]")) {
    time.title = new Date(time.dateTime).toLocaleString(document.documentElement.lang === "en" ? undefined : document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  }
}
nameTimes(document);

// A part of a page that looks again by itself while it is seen, until it is told to stop. The server makes it: there is one place that knows how it looks.
for (const part of document.querySelectorAll("[data-live]")) {
  const label = document.querySelector("[data-live-switch]");
  const choice = label?.querySelector("input");
  const isOn = () => choice?.checked !== false;
  const look = async () => {
    if (document.hidden || !isOn()) return;
    try {
      const response = await fetch(part.dataset.live, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!response.ok) return location.reload();
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      // A table that is being scrolled keeps its place and its focus: only what it holds is new.
      const frames = [...part.querySelectorAll("[data-live-part]")];
      for (const frame of frames) {
        const other = fresh.querySelector(`[data-live-part="${frame.dataset.livePart}"]`);
        if (other) frame.replaceChildren(...other.childNodes);
      }
      nameTimes(part);
    } catch {
      // No network, or signed out meanwhile: the next look tells.
    }
  };
  if (label) label.hidden = false;
  choice?.addEventListener("change", look);
  setInterval(look, Number(part.dataset.liveSeconds) * 1000);
}
