import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'amqplib';

const EXCHANGE = 'inventory.events';
const QUIET_TIMEOUT_MS = 30_000;

/**
 * A consumer like any other team's: a queue bound to everything, and a book of what came and when.
 */
export async function watchEvents({ world, products, scope }) {
  const connection = await connect(world.amqpUrl, { noDelay: true });
  connection.on('error', () => undefined); // the verification then misses events and says so
  scope.add(() => connection.close());
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue('demo.consumer', { durable: true });
  await channel.bindQueue(queue, EXCHANGE, 'inventory.#');

  const publishedAt = new Map();
  const names = new Map(products.map(({ productId, name }) => [productId, name]));
  const book = {
    ids: new Set(),
    byType: {},
    repeated: 0,
    outOfOrder: 0,
    latenciesMs: [],
    onEvent: () => undefined,
    onOrderEvent: () => undefined,
  };
  const sequences = new Map();

  await channel.consume(
    queue,
    (message) => {
      if (!message) return;
      const arrivedAt = performance.now();
      const event = JSON.parse(message.content.toString());
      const sentAt = publishedAt.get(event.correlationId);
      if (book.ids.has(event.eventId)) {
        book.repeated += 1;
        return;
      }
      book.ids.add(event.eventId);
      if (sentAt !== undefined) book.latenciesMs.push(arrivedAt - sentAt);
      book.byType[event.eventType] = (book.byType[event.eventType] ?? 0) + 1;
      const itemId = message.properties.headers['x-item-id'];
      // Per item the sequence counts up by one: anything else is a gap or the wrong order.
      if (event.data.sequence !== (sequences.get(itemId) ?? 0) + 1) book.outOfOrder += 1;
      sequences.set(itemId, event.data.sequence);
      book.onOrderEvent(event);
      book.onEvent(event, names.get(event.data.productId));
    },
    { noAck: true },
  );

  return {
    book,
    published: (correlationId) => publishedAt.set(correlationId, performance.now()),
    untilQuiet: (options) => untilQuiet({ ...options, book }),
  };
}

/**
 * Until every update is processed, every order has come to its end and every event has left; gives
 * up when that takes too long, and leaves it to the verification to say what is missing.
 */
async function untilQuiet({ world, book, day, shop, signal }) {
  const expectedInbox = day.expected.applied + day.expected.stale;
  const deadline = performance.now() + QUIET_TIMEOUT_MS;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    const { rows } = await world.pool.query(
      `SELECT (SELECT count(*)::int FROM inbox_messages
               WHERE source = 'inventory.updates') AS inbox,
              (SELECT count(*)::int FROM outbox_messages) AS outbox,
              (SELECT count(*)::int FROM inventory_events) AS audited`,
    );
    const { inbox, outbox, audited } = rows[0];
    const isSettled = inbox >= expectedInbox && shop.book.open().length === 0;
    if (isSettled && outbox === 0 && audited <= book.ids.size) return;
    await delay(100);
  }
}
