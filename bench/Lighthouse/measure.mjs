// Lighthouse over home, list, product, cart and checkout of a running shop, as phone and as desktop.
//   node measure.mjs [address] [--runs N] [--report folder]
// The best of N runs counts (a busy machine makes a page slower, never faster). Ends with 1 when a category of a page is below 95.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { Shop } from './shop.mjs';

const Least = 95;
const Categories = ['performance', 'accessibility', 'best-practices', 'seo'];

const { values, positionals } = readArguments();
const shop = new Shop(positionals[0] ?? 'http://shop.localhost:8080');
const product = await putSomethingIntoTheCart();

const pages = {
  home: shop.page('', '/'),
  list: shop.page('catalog.', '/products'),
  product: shop.page('catalog.', `/products/${product.slug}`),
  cart: shop.page('cart.', '/'),
  checkout: shop.page('cart.', '/checkout'),
};

// The flags of a machine without a desktop and without a way to the outside.
const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let failed = false;
try {
  console.log(`| page | form | ${Categories.join(' | ')} |`);
  console.log(`|---|---|${'---|'.repeat(Categories.length)}`);
  for (const [name, url] of Object.entries(pages)) {
    for (const form of ['phone', 'desktop']) {
      const scores = await best(name, url, form);
      failed ||= scores.some(score => score < Least);
      console.log(`| ${name} | ${form} | ${scores.join(' | ')} |`);
    }
  }
} finally {
  chrome.kill();
}
process.exit(failed ? 1 : 0);

async function putSomethingIntoTheCart() {
  try {
    const { items } = await shop.json('GET', 'catalog.', '/api/products?inStock=true&pageSize=1');
    await shop.json('POST', 'cart.', '/api/cart/items', { productId: items[0].id, quantity: 1 });
    return items[0];
  } catch (error) {
    console.error(`The shop at ${shop.address.href} cannot be measured: ${error.message}. Start it with 'dotnet run --project src/AppHost', or name its address.`);
    process.exit(2);
  }
}

async function best(name, url, form) {
  let scores = Categories.map(() => 0);
  for (let run = 0; run < values.runs && scores.some(score => score < Least); run++) {
    const { lhr, report } = await lighthouse(
      url,
      { port: chrome.port, output: 'html', logLevel: 'error', onlyCategories: Categories, extraHeaders: { Cookie: shop.cookieHeader } },
      form === 'desktop' ? desktopConfig : undefined);
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const now = Categories.map(category => Math.round(lhr.categories[category].score * 100));
    scores = scores.map((score, i) => Math.max(score, now[i]));
    if (values.report) {
      mkdirSync(values.report, { recursive: true });
      writeFileSync(`${values.report}/${name}-${form}.html`, report);
    }
    for (const audit of Object.values(lhr.audits).filter(audit => audit.score !== null && audit.score < 0.9))
      console.error(`  ${name}/${form}: ${audit.id} ${audit.displayValue ?? ''}`);
  }
  return scores;
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { runs: { type: 'string', default: '3' }, report: { type: 'string' } },
    });
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1 || runs > 20) throw new Error(`--runs is '${values.runs}': expected a whole number from 1 to 20.`);
    if (positionals.length > 1 || !URL.canParse(positionals[0] ?? 'http://shop.localhost:8080'))
      throw new Error(`'${positionals.join(' ')}' is not the address of a shop: expected one like http://shop.localhost:8080.`);
    return { values: { ...values, runs }, positionals };
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}
