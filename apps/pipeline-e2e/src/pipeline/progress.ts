import { topology } from '@inventory-events/contracts';
import { waitUntil, withClient } from '@inventory-events/testing';
import { queueDepth } from './update-feed';

interface Counts {
  processed: number;
  pending: number;
  parked: number;
}

/** How far the pipeline has come, by the database's own counts. */
export function readProgress(databaseUrl: string): Promise<Counts> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<Counts>(
      `SELECT (SELECT count(*)::int FROM inbox_messages) AS processed,
         (SELECT count(*)::int FROM outbox_messages) AS pending,
         (SELECT count(*)::int FROM outbox_parked) AS parked`,
    );
    const [counts] = rows;
    if (!counts) throw new Error('PostgreSQL counted nothing');
    return counts;
  });
}

export async function waitForProcessed(databaseUrl: string, count: number): Promise<void> {
  await waitUntil(async () => (await readProgress(databaseUrl)).processed >= count, {
    timeoutMs: 60_000,
    intervalMs: 50,
    message: `${count} processed updates`,
  });
}

export async function waitForEmptyOutbox(databaseUrl: string): Promise<void> {
  await waitUntil(async () => (await readProgress(databaseUrl)).pending === 0, {
    timeoutMs: 60_000,
    intervalMs: 50,
    message: 'an empty outbox',
  });
}

export function deadLetterCount(amqpUrl: string): Promise<number> {
  return queueDepth(amqpUrl, topology.queues.updatesDeadLetters);
}
