// Enhancement only: a changed quantity is sent by itself, so the button for it can go.
for (const form of document.querySelectorAll("[data-quantity-form]")) {
  const input = form.querySelector("input[name=quantity]");
  const set = form.querySelector("[data-quantity-set]");
  if (!input || !set) continue;
  set.hidden = true;
  input.addEventListener("change", () => {
    if (input.checkValidity()) form.requestSubmit();
    else input.reportValidity();
  });
}
