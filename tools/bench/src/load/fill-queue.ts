import { connect } from 'amqplib';

const OUTSTANDING = 2_000;

/** Publishes bodies to a queue, persistent, and returns when the broker has confirmed them all. */
export async function fillQueue(
  amqpUrl: string,
  queue: string,
  bodies: Iterable<object>,
): Promise<number> {
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  const properties = { persistent: true, contentType: 'application/json' };
  let count = 0;
  for (const body of bodies) {
    channel.sendToQueue(queue, Buffer.from(JSON.stringify(body)), properties);
    count += 1;
    if (count % OUTSTANDING === 0) await channel.waitForConfirms();
  }
  await channel.waitForConfirms();
  await connection.close();
  return count;
}
