// Times are told in the reader's own zone; without scripts they are UTC and say so.
for (const time of document.querySelectorAll("time[data-local]")) {
  const at = new Date(time.dateTime);
  const language = document.documentElement.lang;
  const style = time.dataset.local === "time" ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  time.textContent = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, style).format(at);
}
