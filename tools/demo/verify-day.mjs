import { isDeepStrictEqual } from 'node:util';

const DEAD_LETTER_QUEUE = 'inventory.updates.dlq';

/**
 * Compares what the servers hold with what the day has to come to; `checks` are the promises, kept
 * or not.
 */
export async function verifyDay({ world, day, events, curls }) {
  const { book } = events;
  const { expected } = day;
  const database = await readDatabase(world.pool);
  const deadLetters = await readDeadLetters(world);
  const received = book.ids.size;
  const wrongStock = await countWrongStock(world.pool, day.products);
  const answers = await Promise.all(curls.map(ask));
  const checks = [
    [
      'every valid update took effect exactly once',
      isDeepStrictEqual(database.outcomes, outcomesOf(expected)),
      `${describe(database.outcomes)}; expected ${describe(outcomesOf(expected))}`,
    ],
    [
      `the stock of all ${day.products.length} products is what the day left`,
      wrongStock === 0,
      `${wrongStock} differ`,
    ],
    [
      'events out are those the changes call for',
      isDeepStrictEqual(book.byType, expected.events),
      `${describe(book.byType)}; expected ${describe(expected.events)}`,
    ],
    [
      `audit log = events published (${database.audited} = ${received})`,
      database.audited === received && database.unknownIds(book.ids) === 0,
      `${database.audited} audited, ${received} received`,
    ],
    [
      'each product’s events arrived in order and without a gap',
      book.outOfOrder === 0,
      `${book.outOfOrder} did not`,
    ],
    ['nothing is waiting or parked', database.waiting === 0, `${database.waiting} rows`],
    [
      'broken messages were set aside with their reason',
      isDeepStrictEqual(deadLetters, expected.deadLetters),
      `${describe(deadLetters)}; expected ${describe(expected.deadLetters)}`,
    ],
    [
      'the audit API answers',
      answers.every(({ status }) => status === 200),
      answers.map(({ url, status }) => `${status} ${url}`).join('; '),
    ],
  ].map(([promise, isKept, details]) => ({ promise, isKept, details }));
  return { checks, isClean: checks.every(({ isKept }) => isKept), deadLetters, database };
}

const outcomesOf = ({ applied, stale }) => ({ applied, ...(stale > 0 && { stale }) });

const describe = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

async function readDatabase(pool) {
  const outcomes = await pool.query(
    'SELECT outcome, count(*)::int AS count FROM inbox_messages GROUP BY outcome',
  );
  const audited = await pool.query('SELECT id FROM inventory_events');
  const waiting = await pool.query(
    `SELECT (SELECT count(*) FROM outbox_messages)::int
          + (SELECT count(*) FROM outbox_parked)::int AS count`,
  );
  return {
    outcomes: Object.fromEntries(outcomes.rows.map((row) => [row.outcome, row.count])),
    audited: audited.rows.length,
    unknownIds: (ids) => audited.rows.filter(({ id }) => !ids.has(id)).length,
    waiting: waiting.rows[0].count,
  };
}

async function countWrongStock(pool, products) {
  const { rows } = await pool.query('SELECT product_id, on_hand FROM stock_items');
  const stored = new Map(rows.map((row) => [row.product_id, row.on_hand]));
  return products.filter(({ productId, quantity }) => stored.get(productId) !== quantity).length;
}

/** Looks at the dead letters and leaves them where they are. */
async function readDeadLetters({ name, broker }) {
  const messages = await broker('POST', `queues/${name}/${DEAD_LETTER_QUEUE}/get`, {
    count: 10_000,
    ackmode: 'ack_requeue_true',
    encoding: 'auto',
  });
  const byCode = {};
  for (const { properties } of messages) {
    const code = properties.headers?.['x-error-code'] ?? 'without a reason';
    byCode[code] = (byCode[code] ?? 0) + 1;
  }
  return byCode;
}

async function ask({ url, token }) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return { url, status: response.status };
}
