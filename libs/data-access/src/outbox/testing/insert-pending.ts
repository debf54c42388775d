import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';

export interface PendingFixture {
  readonly itemId?: string;
  readonly partition?: number;
  readonly sequence?: number;
  readonly payload?: string;
}

/** One row as the ledger writes it; returns its position. */
export async function insertPending(
  db: Pool | ClientBase,
  { itemId = randomUUID(), partition = 0, sequence = 1, payload = '{}' }: PendingFixture = {},
): Promise<number> {
  const { rows } = await db.query<{ position: string }>(
    `INSERT INTO outbox_messages (partition, item_id, event_id, event_type, sequence, routing_key,
       correlation_id, payload)
     VALUES ($1, $2, gen_random_uuid(), 'LOW_STOCK', $3, 'inventory.threshold.low_stock', 'c', $4)
     RETURNING position`,
    [partition, itemId, sequence, payload],
  );
  return Number(rows[0]?.position);
}

/** Many rows over `items` items in one statement, partitions 0 to 63. */
export async function insertManyPending(
  db: Pool | ClientBase,
  count: number,
  items = 100,
): Promise<void> {
  await db.query(
    `INSERT INTO outbox_messages (partition, item_id, event_id, event_type, sequence, routing_key,
       correlation_id, payload)
     SELECT (n % $2) % 64, ('00000000-0000-7000-8000-' || lpad(to_hex(n % $2), 12, '0'))::uuid,
       gen_random_uuid(), 'LOW_STOCK', n / $2 + 1, 'inventory.threshold.low_stock', 'c', '{}'
     FROM generate_series(0, $1::int - 1) AS n`,
    [count, items],
  );
}
