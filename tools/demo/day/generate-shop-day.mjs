import { BROKEN_MESSAGES } from './broken-messages.mjs';
import { encodeUpdate } from './encode-update.mjs';
import { nameProducts } from './name-products.mjs';
import { seededRandom } from './seeded-random.mjs';

const PRODUCTS = 300;
const OPENS_AT_MINUTE = 8 * 60;
const OPEN_MINUTES = 12 * 60;
const FORMS = [...Array(8).fill('native'), 'envelope', 'flat'];

/**
 * A day as a list of messages in the order of sending, with everything that has to come of it. The
 * same options give the same day, up to its date: it is always yesterday.
 */
export function generateShopDay({ seed, updates, now = new Date() }) {
  const random = seededRandom(seed);
  const products = nameProducts(Math.min(PRODUCTS, updates), random);
  const day = {
    products,
    messages: [],
    expected: { applied: 0, stale: 0, duplicates: 0, deadLetters: {} },
    midnight: Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - 1),
  };
  for (const product of products) open(day, product, random);
  for (let index = products.length; index < updates; index += 1) {
    const minute = OPENS_AT_MINUTE + (OPEN_MINUTES * index) / updates;
    const product = pickProduct(products, random);
    if (product.quantity === 0 && !random.chance(0.3)) {
      index -= 1; // sold out: the customer takes something else
      continue;
    }
    change(day, product, nextQuantity(product, random), minute, random);
    if (random.chance(0.02)) repeat(day, random);
    if (random.chance(0.004)) arriveLate(day, product, random);
    if (random.chance(0.006)) breakOne(day, product, minute, random);
  }
  return { ...day, busiest: mostSold(products) };
}

/** The opening stock: the first update of a product sets where it starts, and is no event. */
function open(day, product, random) {
  product.quantity = random.between(15, 90);
  product.opening = product.quantity;
  product.lowest = product.quantity;
  product.sold = 0;
  product.changes = [];
  send(day, {
    kind: 'opening',
    update: toUpdate(day, product, null, OPENS_AT_MINUTE - 30, random),
  });
  day.expected.applied += 1;
}

/** Few products are asked for often, most of them rarely. */
function pickProduct(products, random) {
  return products[Math.floor(products.length * random.next() ** 3)];
}

function nextQuantity(product, random) {
  if (product.quantity === 0) return random.between(30, 80);
  if (product.quantity < 8 && random.chance(0.15)) return product.quantity + random.between(40, 90);
  return Math.max(0, product.quantity - random.between(1, 4));
}

function change(day, product, quantity, minute, random) {
  const previous = product.quantity;
  product.quantity = quantity;
  product.lowest = Math.min(product.lowest, quantity);
  product.sold += Math.max(0, previous - quantity);
  const update = toUpdate(day, product, previous, minute, random);
  const kind = quantity > previous ? 'restock' : 'sale';
  send(day, { kind, update, form: random.pick(FORMS), minute });
  product.changes.push({ previous, quantity, correlationId: update.correlationId });
  day.expected.applied += 1;
}

function toUpdate(day, product, previous, minute, random) {
  return {
    eventId: random.uuid(),
    correlationId: random.uuid(),
    productId: product.productId,
    sku: product.sku,
    quantity: product.quantity,
    previous,
    occurredAt: new Date(day.midnight + Math.round(minute * 60_000)).toISOString(),
  };
}

/** The same message once more, as brokers and senders do it after a fault. */
function repeat(day, random) {
  const earlier = random.pick(day.messages.filter(({ update }) => update).slice(-50));
  day.messages.push({ ...earlier, kind: 'duplicate' });
  day.expected.duplicates += 1;
}

/** A message that was stuck somewhere: newer news of the product came before it. */
function arriveLate(day, product, random) {
  const update = toUpdate(day, product, null, OPENS_AT_MINUTE - 20, random);
  send(day, { kind: 'late', update: { ...update, quantity: product.quantity + 5 } });
  day.expected.stale += 1;
}

function breakOne(day, product, minute, random) {
  const { code, make } = random.pick(BROKEN_MESSAGES);
  const earlier = random.pick(day.messages.filter(({ kind }) => kind === 'opening'));
  const update = toUpdate(day, product, product.quantity, minute, random);
  const message = make(update, earlier.update);
  day.messages.push({ kind: 'broken', contentType: 'application/json', ...message });
  day.expected.deadLetters[code] = (day.expected.deadLetters[code] ?? 0) + 1;
}

function send(day, { kind, update, form = 'native', minute = OPENS_AT_MINUTE }) {
  const body = encodeUpdate(update, form);
  day.messages.push({ kind, update, body, minute, contentType: 'application/json' });
}

function mostSold(products) {
  return products.reduce((best, product) => (product.sold > best.sold ? product : best));
}
