import { isDeepStrictEqual } from 'node:util';
import { describeCounts } from './describe-counts.mjs';

/** Whether what was decided left the house: all of it, once, in order, and nothing else. */
export async function verifyDelivery({ world, day, events, replays }) {
  const { book } = events;
  const received = book.ids.size;
  const { audited, unknown, waiting } = await readDatabase(world.pool, book.ids);
  const deadLetters = await readDeadLetters(world, 'inventory.updates.dlq');
  const orderDeadLetters = await readDeadLetters(world, 'inventory.orders.dlq');
  const faults = [...replays.values()].flatMap((replay) => replay.faults);
  const checks = [
    [
      'every event follows from a change, and every change has the events it calls for',
      faults.length === 0,
      `${faults.length} faults, such as: ${faults[0]}`,
    ],
    [
      `audit log = events published (${audited} = ${received})`,
      audited === received && unknown === 0,
      `${audited} audited, ${received} received`,
    ],
    [
      'each product’s events arrived in order and without a gap',
      book.outOfOrder === 0,
      `${book.outOfOrder} did not`,
    ],
    ['nothing is waiting or parked', waiting === 0, `${waiting} rows`],
    [
      'broken messages were set aside with their reason, and no other',
      isDeepStrictEqual(deadLetters, day.expected.deadLetters) &&
        isDeepStrictEqual(orderDeadLetters, {}),
      `${describeCounts(deadLetters)}; expected ${describeCounts(day.expected.deadLetters)}; ` +
        `of orders ${describeCounts(orderDeadLetters)}`,
    ],
  ];
  return { checks, deadLetters, received, byType: { ...book.byType } };
}

async function readDatabase(pool, ids) {
  const audited = await pool.query('SELECT id FROM inventory_events');
  const waiting = await pool.query(
    `SELECT (SELECT count(*) FROM outbox_messages)::int
          + (SELECT count(*) FROM outbox_parked)::int AS count`,
  );
  return {
    audited: audited.rows.length,
    unknown: audited.rows.filter(({ id }) => !ids.has(id)).length,
    waiting: waiting.rows[0].count,
  };
}

/** Looks at the dead letters and leaves them where they are. */
async function readDeadLetters({ name, broker }, queue) {
  const messages = await broker('POST', `queues/${name}/${queue}/get`, {
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
