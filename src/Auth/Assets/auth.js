// Enhancements only: every page works without this file.

// A button to look at what was typed. It exists only where scripts run, and never outlives the form being sent.
for (const input of document.querySelectorAll("input[data-reveal]")) {
  const frame = document.createElement("span");
  frame.className = "reveal";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "reveal__button";
  const label = input.labels?.[0]?.textContent ?? "password";
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? "Hide" : "Show";
    button.setAttribute("aria-label", `${visible ? "Hide" : "Show"} ${label.toLowerCase()}`);
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
  time.title = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
