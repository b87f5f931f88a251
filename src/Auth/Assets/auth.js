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
for (const time of document.querySelectorAll("time[data-local]")) {
  time.title = new Date(time.dateTime).toLocaleString(document.documentElement.lang === "en" ? undefined : document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}
