const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..', '..');

/** Asked to end before the test is given up, it says how far it came, and cleans up. */
const TIMEOUT_MS = 100_000;

function run(args) {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, timeout: TIMEOUT_MS };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

/** What an ES module of the demo answers; `body` may use its exports and `print`. */
async function evaluate(file, body) {
  const script = `
    import { createHash } from 'node:crypto';
    import * as module from '${path.join(__dirname, file)}';
    const print = (value) => console.log(JSON.stringify(value));
    ${body}`;
  const { code, stdout, stderr } = await run(['--input-type=module', '-e', script]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const generate = (options) =>
  evaluate(
    'day/generate-shop-day.mjs',
    `const day = module.generateShopDay({ ...${JSON.stringify(options)}, now: new Date('2026-03-02') });
     const messages = day.messages.map(({ kind, body }) => kind + ' ' + body.toString('latin1'));
     const hash = createHash('sha256').update(messages.join()).digest('hex');
     const kinds = [...new Set(day.messages.map(({ kind }) => kind))].sort();
     print({ hash, kinds, products: day.products, expected: day.expected });`,
  );

const plan = (options) =>
  evaluate(
    'orders/plan-orders.mjs',
    `const { generateShopDay } = await import('${path.join(__dirname, 'day/generate-shop-day.mjs')}');
     const options = ${JSON.stringify(options)};
     const { rush, orders } = module.planOrders({ ...options, day: generateShopDay(options) });
     print({ rush, orders: orders.map((order) => ({ ...order, lines: order.lines.map(toLine) })) });
     function toLine({ product: { productId, changes, lowest }, quantity }) {
       return { productId, quantity, inShop: changes !== undefined, lowest };
     }`,
  );

const replay = (events, opening) =>
  evaluate(
    'verify/replay-item.mjs',
    `print(module.replayItem(${JSON.stringify(events)}, ${opening}));`,
  );

describe('the generated day', () => {
  it('is the same for the same seed, and another for another', async () => {
    const [one, again, other] = await Promise.all([
      generate({ seed: 7, updates: 1000 }),
      generate({ seed: 7, updates: 1000 }),
      generate({ seed: 8, updates: 1000 }),
    ]);
    expect(again).toEqual(one);
    expect(other.hash).not.toBe(one.hash);
  });

  it('has everything that a real day has', async () => {
    const { kinds, products, expected } = await generate({ seed: 1, updates: 5000 });
    expect(kinds).toEqual(['broken', 'duplicate', 'late', 'opening', 'restock', 'sale']);
    expect(expected.applied).toBe(5000);
    expect(new Set(products.map(({ name }) => name)).size).toBe(products.length);
    const changes = products.flatMap((product) => product.changes);
    const runsOut = changes.filter(({ quantity }) => quantity === 0);
    const comesBack = changes.filter(({ previous }) => previous === 0);
    const runsLow = changes.filter(({ previous, quantity }) => previous > 10 && quantity <= 10);
    for (const crossings of [runsOut, comesBack, runsLow]) {
      expect(crossings.length).toBeGreaterThan(10);
    }
    const sold = products.map((product) => product.sold).sort((a, b) => b - a);
    const best = sold.slice(0, sold.length / 10).reduce((sum, each) => sum + each, 0);
    expect(best / sold.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0.3);
  });
});

describe('the planned orders', () => {
  const options = { seed: 3, updates: 5000, orders: 600 };

  it('are the same for the same seed, and go every way to every ending', async () => {
    const [one, again] = await Promise.all([plan(options), plan(options)]);
    expect(again).toEqual(one);
    const valuesOf = (field) => [...new Set(one.orders.map((order) => order[field]))].sort();
    expect(valuesOf('way')).toEqual(['grpc', 'product', 'queue', 'rest']);
    expect(valuesOf('ending')).toEqual(
      [
        ['abandoned', 'cancelled', 'declined', 'early'],
        ['late', 'paid', 'pickedUp', 'returned'],
      ].flat(),
    );
    const ids = one.orders.map(({ orderId }) => orderId);
    expect(new Set(ids).size).toBe(600 + one.rush.buyers);
  });

  it('never put aside what a till may count below', async () => {
    const { orders } = await plan(options);
    const held = new Map();
    const lines = orders.flatMap((order) => order.lines).filter(({ inShop }) => inShop);
    for (const { productId, quantity } of lines) {
      held.set(productId, (held.get(productId) ?? 0) + quantity);
    }
    expect(held.size).toBeGreaterThan(5);
    for (const { productId, lowest } of lines) expect(held.get(productId)).toBeLessThan(lowest);
  });
});

describe('the replay of an item', () => {
  const event = (cause, type, data) => ({
    cause,
    type: `${type}Event`,
    data,
    correlationId: cause,
  });
  const crossing = (cause, type) => ({ cause, type, data: {}, correlationId: cause });
  const reserved = (cause, units, left) =>
    event(cause, 'InventoryReserved', {
      quantityReserved: units,
      availableQuantityAfterReservation: left,
    });
  const history = [
    reserved('order', 5, 7),
    event('order', 'StockStatusChanged', {}),
    crossing('order', 'LOW_STOCK'),
    event('order', 'LowStockThresholdReached', {}),
    event('failed', 'InventoryReservationFailed', { quantityAttempted: 8 }),
    event('payment', 'InventoryCommitted', {
      quantityCommitted: 5,
      availableQuantityAfterCommit: 7,
    }),
    event('payment', 'StockLevelChanged', { oldQuantity: 12, newQuantity: 7 }),
    event('count', 'StockLevelChanged', { oldQuantity: 7, newQuantity: 0 }),
    event('count', 'StockStatusChanged', {}),
    crossing('count', 'OUT_OF_STOCK'),
  ];

  it('follows a history that is right', async () => {
    expect(await replay(history, 12)).toEqual({
      faults: [],
      changes: [
        { previous: 12, quantity: 7, correlationId: 'payment' },
        { previous: 7, quantity: 0, correlationId: 'count' },
      ],
      oversold: 0,
      wronglyRefused: 0,
      onHand: 0,
      reserved: 0,
    });
  });

  it.each([
    ['a crossing is missing', history.toSpliced(2, 1), 12],
    ['a crossing is told twice', history.toSpliced(2, 0, history[2]), 12],
    ['a reservation is missing', history.toSpliced(0, 1), 12],
    ['the level starts elsewhere', history, 13],
    ['what is available is told wrongly', history.with(0, reserved('order', 5, 8)), 12],
  ])('finds a fault where %s', async (_, events, opening) => {
    expect((await replay(events, opening)).faults).not.toEqual([]);
  });

  it('counts units promised twice, and refusals without a reason', async () => {
    const twice = [reserved('one', 3, 1), reserved('other', 3, -2)];
    expect(await replay(twice, 4)).toMatchObject({ oversold: 2 });
    const refused = [event('order', 'InventoryReservationFailed', { quantityAttempted: 4 })];
    expect(await replay(refused, 4)).toMatchObject({ wronglyRefused: 1 });
    expect(await replay(refused, 3)).toMatchObject({ wronglyRefused: 0 });
  });
});

describe('npm run demo', () => {
  it('explains its options and refuses others', async () => {
    const main = path.join(__dirname, 'main.mjs');
    expect((await run([main, '--help'])).stdout).toContain('Usage: npm run demo');
    const wrong = await run([main, '--updates', 'many']);
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('--updates') });
    expect((await run([main, '--fast'])).stdout).toContain('Usage: npm run demo');
  });

  it('plays a short day on the built apps, keeps every promise and cleans up', async () => {
    const args = ['--no-build', '--updates', '600', '--orders', '90', '--seconds', '3'];
    const { code, stdout } = await run([path.join(__dirname, 'main.mjs'), ...args]);
    expect(stdout).toContain('Nothing lost, nothing twice, nothing sold that was not there.');
    expect(stdout).toContain('oversold units: 0');
    expect(stdout).not.toContain('✗');
    expect(code).toBe(0);
    const name = /inventory_demo_\w+/.exec(stdout)[0];
    const { Client } = require('pg');
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    await client.end();
    expect(found.rows).toEqual([]);
    expect(fs.readdirSync(path.join(ROOT, '.dev-stack'))).not.toContain(name);
  }, 130_000);
});
