import { isDeepStrictEqual } from 'node:util';
import { describeCounts } from './describe-counts.mjs';

/** Whether the stock updates had their effects, each once and no other. */
export async function verifyUpdates({ world, day, replays }) {
  const { products, expected } = day;
  const outcomes = await readOutcomes(world.pool);
  const wanted = {
    applied: expected.applied,
    ...(expected.stale > 0 && { stale: expected.stale }),
  };
  const wrongStock = products.filter(
    ({ productId, quantity }) => replays.get(productId).onHand !== quantity,
  );
  const wrongChanges = products.filter(
    ({ productId, changes }) => !isDeepStrictEqual(replays.get(productId).changes, changes),
  );
  const checks = [
    [
      'every valid update took effect exactly once',
      isDeepStrictEqual(outcomes, wanted),
      `${describeCounts(outcomes)}; expected ${describeCounts(wanted)}`,
    ],
    [
      `the stock of all ${products.length} products in the shop is what the day left`,
      wrongStock.length === 0 && (await countWrongStock(world.pool, products)) === 0,
      `${wrongStock.length} differ by their events`,
    ],
    [
      'each of its changes was told once, in order, with the numbers before and after',
      wrongChanges.length === 0,
      `not of ${wrongChanges.length} products`,
    ],
  ];
  return { checks };
}

async function readOutcomes(pool) {
  const { rows } = await pool.query(
    `SELECT outcome, count(*)::int AS count FROM inbox_messages
     WHERE source = 'inventory.updates' GROUP BY outcome`,
  );
  return Object.fromEntries(rows.map((row) => [row.outcome, row.count]));
}

async function countWrongStock(pool, products) {
  const { rows } = await pool.query('SELECT product_id, on_hand FROM stock_items');
  const stored = new Map(rows.map((row) => [row.product_id, row.on_hand]));
  return products.filter(({ productId, quantity }) => stored.get(productId) !== quantity).length;
}
