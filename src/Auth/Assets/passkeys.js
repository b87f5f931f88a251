// Passkeys are made and used by the browser alone: WebAuthn has no other door than this.
const known = typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

async function post(path, body = {}) {
  const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.title), { status: response.status, detail: answer.detail });
  return answer;
}

// One press at a time; what goes wrong is said below the button.
function onPress(part, act) {
  const button = part.querySelector("button");
  const problem = part.querySelector("[data-problem]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await act();
    } catch (error) {
      // Sensitive things ask for a recent sign-in: the page itself leads there and back.
      if (error.status === 401 && part.dataset.addPasskey !== undefined) location.reload();
      // The browser does not tell "closed by its user" from "no passkey here".
      // The API speaks English; a page in another language says it in general words.
      const detail = document.documentElement.lang === "en" && error.detail ? `${error.message}. ${error.detail}` : undefined;
      problem.textContent = error instanceof DOMException ? part.dataset.cancelled : detail ?? part.dataset.failed;
      button.disabled = false;
      button.removeAttribute("aria-busy");
      button.focus();
    }
  });
  part.hidden = false;
}

const add = document.querySelector("[data-add-passkey]");
if (known && add) {
  document.querySelector("[data-no-passkeys]").hidden = true;
  onPress(add, async () => {
    const options = await post("/api/passkeys/creation-options");
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    await post("/api/passkeys", { credential: credential.toJSON() });
    location.reload();
  });
}

const signIn = document.querySelector("[data-passkey-sign-in]");
if (known && signIn) {
  onPress(signIn, async () => {
    const options = await post("/api/login/passkey/options");
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    const rememberMe = document.querySelector('input[name="Input.RememberMe"]').checked;
    await post("/api/login/passkey", { credential: credential.toJSON(), rememberMe });
    location.assign(signIn.dataset.continue);
  });
}
