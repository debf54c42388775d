import { endingOf, toldAnswer } from '../orders/order-book.mjs';

/** What became of the orders, by what the events say, and whether that is as it has to be. */
export async function verifyOrders({ world, plan, shop, replays }) {
  const entries = shop.book.all();
  const outcomes = countOutcomes(entries);
  const units = await countUnits({ world, plan, entries, replays });
  const wrong = entries.flatMap(faultsOf);
  const rushed = entries.filter(({ order, answer }) => order.isRush && answer === 'reserved');
  const stored = await readStored(world.pool);
  const { faults } = shop.book;
  const checks = [
    [
      'every order got all that it asked for or nothing, and the events say the same',
      wrong.length === 0,
      wrong.slice(0, 5).join('; '),
    ],
    [
      'every request was answered as it has to be (repeated: the same; paid too late: no)',
      faults.length === 0,
      faults.slice(0, 5).join('; '),
    ],
    [
      'refused was only what there was too little of',
      units.wronglyRefused === 0,
      `${units.wronglyRefused} refused for nothing`,
    ],
    [`oversold units: ${units.oversold}`, units.oversold === 0, 'more was promised than there was'],
    [
      `units add up: ${units.opened} opened + ${units.restocked} restocked + ${units.returned} sent back − ${units.sold} sold = ${units.onHand} on hand`,
      units.opened + units.restocked + units.returned - units.sold === units.onHand &&
        units.wrongProducts === 0,
      `${units.wrongProducts} products don't`,
    ],
    [
      `of ${plan.rush.buyers} buyers at once ${plan.rush.units} got the last ${plan.rush.units}`,
      rushed.length === plan.rush.units,
      `${rushed.length} did`,
    ],
    [
      'no reservation is left over, and each is stored as it ended',
      stored.pending === 0 && stored.reserved === 0 && stored.orders === outcomes.reserved,
      `${stored.pending} pending, ${stored.reserved} units held, ${stored.orders} orders`,
    ],
  ];
  return { checks, outcomes, units };
}

function countOutcomes(entries) {
  const counts = { reserved: 0, refused: 0, sold: 0, released: 0, expired: 0, returned: 0 };
  for (const entry of entries) {
    const answer = toldAnswer(entry);
    if (answer === null) continue;
    counts[answer] += 1;
    const ending = endingOf(entry);
    if (answer === 'reserved' && entry[ending].size > 0) counts[ending] += 1;
  }
  return counts;
}

/** What the events say of an order has to be what its customer was told, and did. */
function faultsOf(entry) {
  const { order, answer, sold } = entry;
  const told = toldAnswer(entry);
  const name = `order ${order.orderId} (${order.way}, ${order.ending})`;
  if (told !== answer) return [`${name} was ${answer}, and ${told ?? 'nothing'} by its events`];
  if (answer === 'refused') return entry.reserved.size > 0 ? [`${name} got a part`] : [];
  const ending = endingOf(entry);
  const wanted = new Map(order.lines.map(({ product, quantity }) => [product.productId, quantity]));
  const isAsWanted = (column) =>
    column.size === wanted.size && [...wanted].every(([id, count]) => column.get(id) === count);
  const others = ['sold', 'released', 'expired', 'adjusted'].filter(
    (column) => column !== ending && !(ending === 'returned' && column === 'sold'),
  );
  const isRight =
    isAsWanted(entry.reserved) &&
    isAsWanted(entry[ending]) &&
    (ending !== 'returned' || isAsWanted(sold)) &&
    others.every((column) => entry[column].size === 0);
  return isRight ? [] : [`${name} did not end as it should`];
}

/** Counted by the orders, held against what the database has and what the events tell. */
async function countUnits({ world, plan, entries, replays }) {
  const sum = (column) => sumByProduct(entries.map((entry) => entry[column]));
  const [sold, returned] = [sum('sold'), sum('returned')];
  const restocked = sumByProduct(
    plan.restocks.map(({ product, quantity }) => new Map([[product.productId, quantity]])),
  );
  const { rows } = await world.pool.query('SELECT product_id, on_hand, reserved FROM stock_items');
  const stored = new Map(rows.map((row) => [row.product_id, row]));
  const units = { opened: 0, restocked: 0, returned: 0, sold: 0, onHand: 0, wrongProducts: 0 };
  for (const { productId, opening } of plan.products) {
    const onHand = stored.get(productId)?.on_hand;
    const of = (counts) => counts.get(productId) ?? 0;
    if (onHand !== opening + of(restocked) + of(returned) - of(sold)) units.wrongProducts += 1;
    units.opened += opening;
    units.restocked += of(restocked);
    units.returned += of(returned);
    units.sold += of(sold);
    units.onHand += onHand ?? 0;
  }
  const all = [...replays.values()];
  return {
    ...units,
    oversold: all.reduce((total, { oversold }) => total + oversold, 0),
    wronglyRefused: all.reduce((total, { wronglyRefused }) => total + wronglyRefused, 0),
  };
}

function sumByProduct(columns) {
  const sums = new Map();
  for (const [productId, quantity] of columns.flatMap((column) => [...column])) {
    sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  }
  return sums;
}

async function readStored(pool) {
  const { rows } = await pool.query(
    `SELECT (SELECT count(DISTINCT order_id) FROM reservations)::int AS orders,
            (SELECT count(*) FROM reservations WHERE status = 'PENDING')::int AS pending,
            (SELECT coalesce(sum(reserved), 0) FROM stock_items)::int AS reserved`,
  );
  return rows[0];
}
