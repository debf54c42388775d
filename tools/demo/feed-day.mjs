import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'amqplib';

const QUEUE = 'inventory.updates';
const TICK_MS = 20;

/**
 * Publishes the day's messages, evenly over `seconds`, each persistent, mandatory and confirmed;
 * ends when the broker has confirmed the last one.
 */
export async function feedDay({ world, day, events, seconds, progress, signal }) {
  const connection = await connect(world.amqpUrl, { noDelay: true });
  connection.on('error', () => undefined); // the pending confirms fail as well
  try {
    const channel = await connection.createConfirmChannel();
    let returned = 0;
    channel.on('return', () => (returned += 1));
    const startedAt = performance.now();
    let sent = 0;
    while (sent < day.messages.length) {
      signal.throwIfAborted();
      const due = Math.ceil(
        ((performance.now() - startedAt) / (seconds * 1000)) * day.messages.length,
      );
      while (sent < Math.min(due, day.messages.length)) {
        publish(channel, day.messages[sent], events);
        sent += 1;
      }
      progress.sent(sent);
      await delay(TICK_MS);
    }
    await channel.waitForConfirms();
    if (returned > 0) throw new Error(`${returned} messages found no queue ${QUEUE}`);
  } finally {
    await connection.close();
  }
}

function publish(channel, { body, contentType, update, kind }, events) {
  channel.publish('', QUEUE, body, { persistent: true, mandatory: true, contentType });
  if (update && kind !== 'duplicate') events.published(update.correlationId);
}
