// Enhancements only: another country or delivery works out the total at once, and a saved address is filled in at once, in place of the buttons for it.
const form = document.querySelector("[data-checkout]");
const review = form?.querySelector("[data-review]");
const t = globalThis.shopText;
const language = document.documentElement.lang;
const money = new Intl.NumberFormat(language, { style: "currency", currency: "EUR" });
const price = (amount) => (amount === 0 ? t("free") : money.format(amount));
const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

let turns = 0;

async function work() {
  const turn = ++turns;
  const fields = new FormData(form);
  const query = new URLSearchParams({ country: fields.get("Input.Country"), delivery: fields.get("Input.Delivery") });
  const response = await fetch(`/api/checkout/totals?${query}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`totals: ${response.status}`);
  const totals = await response.json();
  // An answer that a later choice has overtaken is not shown.
  if (turn !== turns) return;
  // Another version means another cart than the one listed here: the server says so when the order is placed.
  form.querySelector("[data-accepted-total]").value = totals.total.toFixed(2);
  for (const name of ["subtotal", "total", "tax"]) form.querySelector(`[data-sum="${name}"]`).textContent = money.format(totals[name]);
  form.querySelector('[data-sum="shipping"]').textContent = price(totals.shipping);
  form.querySelector("[data-sum-rate]").textContent = `${percent.format(totals.taxRate * 100)} %`;
  for (const [name, amount] of Object.entries(totals.deliveries)) form.querySelector(`[data-delivery-price="${name}"]`).textContent = price(amount);
}

if (form && review) {
  review.hidden = true;
  form.addEventListener("change", (event) => {
    if (!["Input.Country", "Input.Delivery"].includes(event.target.name)) return;
    work().catch(() => { review.hidden = false; });
  });
}

const saved = document.querySelector("[data-saved-addresses]");
const choice = saved?.querySelector("select");

if (form && choice) {
  const field = (name) => form.elements[`Input.${name}`];
  const parts = { Name: "name", Line1: "line1", Line2: "line2", City: "city", PostalCode: "postalCode" };
  const isFilledIn = (address) => Object.entries(parts).every(([name, key]) => field(name).value.trim() === (address[key] ?? ""));
  saved.querySelector("button").hidden = true;
  const fill = (address) => {
    for (const [name, key] of Object.entries(parts)) field(name).value = address[key] ?? "";
    if (!address.country || field("Country").value === address.country) return;
    field("Country").value = address.country;
    field("Country").dispatchEvent(new Event("change", { bubbles: true }));
  };
  choice.addEventListener("change", () => {
    // For another address the fields are emptied, unless one was typed already.
    if (choice.value || [...choice.options].some((option) => option.value && isFilledIn(option.dataset))) fill(choice.selectedOptions[0].dataset);
    if (!choice.value) field("Name").focus();
  });
}
