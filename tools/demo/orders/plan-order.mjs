const WAYS = { queue: 55, rest: 30, grpc: 10, product: 5 };
/** What becomes of an order that got its stock; whoever doesn't pay in time loses it. */
const ENDINGS = {
  queue: { paid: 60, early: 6, declined: 10, cancelled: 7, returned: 5, abandoned: 12 },
  rest: { paid: 62, cancelled: 13, abandoned: 19, late: 6 },
  grpc: { paid: 70, cancelled: 30 },
  product: { paid: 60, declined: 40 },
};
const RUSH_WAYS = ['queue', 'rest', 'grpc', 'product'];
const MAX_LINES = 3;
const RETRY_SHARE = 0.1;

/** Of products that the inventory keeps the count of. */
export function planOrder({ at, products, random }) {
  const way = weighted(WAYS, random);
  const ending = weighted(ENDINGS[way], random);
  const lineCount = way === 'product' || random.chance(0.7) ? 1 : random.between(2, MAX_LINES);
  const chosen = new Set();
  while (chosen.size < lineCount) {
    // Few products are asked for often, most of them rarely.
    chosen.add(products[Math.floor(products.length * random.next() ** 2)]);
  }
  const lines = [...chosen].map((product) => ({ product, quantity: random.between(1, 3) }));
  const isRetried = way === 'rest' && random.chance(RETRY_SHARE);
  return { ...buyer({ at, random }), way, ending, lines, isRetried, ...ttlOf(ending, random) };
}

/** Put aside in the shop: picked up, or not. Its till counts the sale, so the hold is released. */
export function planPickUp({ at, product, random }) {
  const ending = random.chance(0.7) ? 'pickedUp' : 'abandoned';
  const lines = [{ product, quantity: random.between(1, 2) }];
  return { ...buyer({ at, random }), way: 'rest', ending, lines, ...ttlOf(ending, random) };
}

/** One of many who want the same thing in the same moment. */
export function planRushOrder({ at, index, product, random }) {
  const way = RUSH_WAYS[index % RUSH_WAYS.length];
  const lines = [{ product, quantity: 1 }];
  return { ...buyer({ at, random }), way, ending: 'paid', lines, isRush: true };
}

function buyer({ at, random }) {
  return { at, orderId: random.uuid(), userId: random.uuid(), thinkMs: random.between(50, 900) };
}

function ttlOf(ending, random) {
  return ending === 'abandoned' || ending === 'late' ? { ttlSeconds: random.between(1, 3) } : {};
}

function weighted(weights, random) {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  let rest = random.next() * total;
  for (const [name, weight] of Object.entries(weights)) {
    rest -= weight;
    if (rest < 0) return name;
  }
  return Object.keys(weights)[0];
}
