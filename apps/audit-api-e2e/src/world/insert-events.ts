import { randomBytes, randomUUID } from 'node:crypto';
import { withClient } from '@inventory-events/testing';

export interface EventFixture {
  readonly id?: string;
  readonly productId?: string;
  readonly variantId?: string | null;
  readonly warehouseId?: string | null;
  readonly itemId?: string;
  readonly sku?: string | null;
  readonly eventType?: string;
  readonly sequence?: number;
  readonly previousQuantity?: number;
  readonly newQuantity?: number;
  readonly causeMessageId?: string;
  readonly correlationId?: string;
  readonly data?: unknown;
}

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

let latestMs = 0;

/** A UUIDv7 of now, greater than every other one of now: each takes a millisecond of its own. */
function nextUuidV7(): string {
  latestMs = Math.max(Date.now(), latestMs + 1);
  return uuidV7(latestMs);
}

/** A UUIDv7 of that millisecond. */
export function uuidV7(epochMs: number): string {
  const time = epochMs.toString(16).padStart(12, '0');
  const tail = randomBytes(10).toString('hex');
  const groups = [time.slice(0, 8), time.slice(8), `7${tail.slice(0, 3)}`, `8${tail.slice(3, 6)}`];
  return [...groups, tail.slice(6, 18)].join('-');
}

/** Writes one row of the audit log as the ledger does, with its notification. */
export async function insertEvent(client: Client, event: EventFixture = {}): Promise<string> {
  const id = event.id ?? nextUuidV7();
  await client.query(
    `INSERT INTO inventory_events (id, product_id, variant_id, warehouse_id, item_id, sku,
       event_type, sequence, previous_quantity, new_quantity, low_stock_threshold,
       threshold_source, cause, cause_message_id, correlation_id, data, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 10, 'default', 'observe', $11, $12, $13, now())`,
    [
      id,
      event.productId ?? randomUUID(),
      event.variantId ?? null,
      event.warehouseId ?? null,
      event.itemId ?? randomUUID(),
      event.sku ?? null,
      event.eventType ?? 'LOW_STOCK',
      event.sequence ?? 1,
      event.previousQuantity ?? 11,
      event.newQuantity ?? 9,
      event.causeMessageId ?? randomUUID(),
      event.correlationId ?? randomUUID(),
      JSON.stringify(event.data ?? { note: 'fixture' }),
    ],
  );
  await client.query(`SELECT pg_notify('outbox', '')`);
  return id;
}

/** Many rows of one product in one statement, one millisecond apart, the last one now. */
export async function insertManyEvents(
  client: Client,
  { count, productId }: { readonly count: number; readonly productId: string },
): Promise<void> {
  await client.query(
    `INSERT INTO inventory_events (id, product_id, item_id, event_type, sequence, previous_quantity,
       new_quantity, cause, cause_message_id, correlation_id, data, created_at)
     SELECT overlay(uuid_v7_floor(at)::text placing substr(md5(random()::text), 1, 12) from 25)::uuid,
       $2, $2, 'StockLevelChangedEvent', n, n, n + 1, 'observe', gen_random_uuid(), 'many', '{}', at
     FROM generate_series(1, $1::int) AS n,
       LATERAL (SELECT date_trunc('milliseconds', now() - make_interval(secs => ($1 - n) / 1000.0))
         AS at) AS time`,
    [count, productId],
  );
  await client.query(`SELECT pg_notify('outbox', '')`);
}
