// Passkeys are made and used by the browser alone: WebAuthn has no other door than this.
const known = typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

async function post(path, body = {}) {
  const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.title), { status: response.status, detail: answer.detail });
  return answer;
}

function say(part, error) {
  // The browser does not tell "closed by its user" from "no passkey here".
  // The API speaks English; a page in another language says it in general words.
  const detail = document.documentElement.lang === "en" && error.detail ? `${error.message}. ${error.detail}` : undefined;
  part.querySelector("[data-problem]").textContent = error instanceof DOMException ? part.dataset.cancelled : detail ?? part.dataset.failed;
}

// One press at a time; what goes wrong is said below the button.
function onPress(part, act) {
  const button = part.querySelector("button");
  button.addEventListener("click", async () => {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    part.querySelector("[data-problem]").textContent = "";
    try {
      await act();
    } catch (error) {
      // Sensitive things ask for a recent sign-in: the page itself leads there and back.
      if (error.status === 401 && part.dataset.addPasskey !== undefined) location.reload();
      say(part, error);
      button.disabled = false;
      button.removeAttribute("aria-busy");
      button.focus();
    }
  });
  part.hidden = false;
}

// Whether a passkey of the shop was made or used in this browser. Only then does the sign-in page ask for a challenge by itself: each is kept in a session, and most visitors have no passkey.
const used = {
  get known() {
    try {
      return localStorage.getItem("shop.passkey") !== null;
    } catch {
      // The browser keeps nothing for sites: the button remains.
      return false;
    }
  },
  note() {
    try {
      localStorage.setItem("shop.passkey", "used");
    } catch {
      // As above.
    }
  },
};

const add = document.querySelector("[data-add-passkey]");
if (known && add) {
  document.querySelector("[data-no-passkeys]").hidden = true;
  onPress(add, async () => {
    const options = await post("/api/passkeys/creation-options");
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    await post("/api/passkeys", { credential: credential.toJSON() });
    used.note();
    location.reload();
  });
}

const signIn = document.querySelector("[data-passkey-sign-in]");

async function finish(credential) {
  const rememberMe = document.querySelector('input[name="Input.RememberMe"]').checked;
  await post("/api/login/passkey", { credential: credential.toJSON(), rememberMe });
  used.note();
  location.assign(signIn.dataset.continue);
}

// Passkeys among what the e-mail field suggests. The browser waits for a choice without showing anything; the challenge behind it lasts as long as the server says.
class Offer {
  #field = document.querySelector('input[autocomplete~="webauthn"]');
  #asking = null;
  #challenge = Promise.resolve(null);
  #isLate = false;

  start() {
    // A page that lies open asks for nothing, and anew when somebody comes back to it: another tab's challenge may have taken the place of this one's.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.withdraw() : this.make()));
    this.#field.addEventListener("focus", () => this.#isLate && this.make());
    if (!document.hidden) this.make();
  }

  // The session keeps one challenge: who asks for another waits until this one is there, so that it does not come later and take its place.
  withdraw() {
    this.#asking?.abort();
    this.#isLate = true;
    return this.#challenge;
  }

  async make() {
    const before = this.withdraw();
    const asking = (this.#asking = new AbortController());
    this.#isLate = false;
    await before;
    if (asking.signal.aborted) return;
    // Nobody asked for this, so nothing is said when there is no challenge to be had, or when the browser is told or decides to stop waiting. The button tells.
    this.#challenge = post("/api/login/passkey/options").catch(() => null);
    const options = await this.#challenge;
    if (!options || asking.signal.aborted) return;
    const late = setTimeout(() => this.withdraw(), options.timeout * 0.9);
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), mediation: "conditional", signal: asking.signal }).catch(() => null);
    clearTimeout(late);
    if (!credential) return;
    try {
      await finish(credential);
    } catch (error) {
      this.#isLate = true;
      say(signIn, error);
    }
  }
}

if (known && signIn) {
  const offer = new Offer();
  onPress(signIn, async () => {
    await offer.withdraw();
    const options = await post("/api/login/passkey/options");
    await finish(await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
  });
  if (used.known && (await PublicKeyCredential.isConditionalMediationAvailable?.())) offer.start();
}
