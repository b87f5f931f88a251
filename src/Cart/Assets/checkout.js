// Enhancement only: another country or delivery works out the total at once, in place of the button for it.
const form = document.querySelector("[data-checkout]");
const review = form?.querySelector("[data-review]");
const money = new Intl.NumberFormat("en", { style: "currency", currency: "EUR" });
const price = (amount) => (amount === 0 ? "free" : money.format(amount));
const percent = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

async function work() {
  const fields = new FormData(form);
  const query = new URLSearchParams({ country: fields.get("Input.Country"), delivery: fields.get("Input.Delivery") });
  const response = await fetch(`/api/checkout/totals?${query}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`totals: ${response.status}`);
  const totals = await response.json();
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
