import { createHash } from 'node:crypto';
import { connect, type ConsumeMessage } from 'amqplib';
import { Pool } from 'pg';
import { readChildOptions } from './child-options';

/**
 * The least that an idempotent consumer can do: one inbox row per message, a batch per statement,
 * acknowledged after the commit. What the worker adds to this is the price of the stock ledger.
 */
async function main(): Promise<void> {
  const { amqpUrl, databaseUrl, queue, prefetch, batchSize } = readChildOptions();
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.prefetch(prefetch);
  const waiting: ConsumeMessage[] = [];
  let isBusy = false;

  const drain = async () => {
    if (isBusy) return;
    isBusy = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchSize);
      await insertInboxRows(pool, batch);
      const last = batch.at(-1);
      if (last) channel.ack(last, true);
    }
    isBusy = false;
  };
  await channel.consume(queue, (message) => {
    if (!message) return;
    waiting.push(message);
    void drain();
  });
}

async function insertInboxRows(pool: Pool, batch: readonly ConsumeMessage[]): Promise<void> {
  const parsed = batch.map((message) => {
    const json = JSON.parse(message.content.toString()) as {
      eventId: string;
      correlationId: string;
    };
    return { ...json, hash: createHash('sha256').update(message.content).digest() };
  });
  await pool.query({
    name: 'insert-inbox-rows',
    text: `INSERT INTO inbox_messages (message_id, period, source, body_hash, outcome, correlation_id)
      SELECT id, current_date, 'bench', hash, 'applied', correlation
      FROM unnest($1::uuid[], $2::bytea[], $3::text[]) AS row (id, hash, correlation)
      ON CONFLICT DO NOTHING`,
    values: [
      parsed.map(({ eventId }) => eventId),
      parsed.map(({ hash }) => hash),
      parsed.map(({ correlationId }) => correlationId),
    ],
  });
}

void main();
