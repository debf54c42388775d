import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { textArray } from '../parameters/text-array';

export interface InventoryEventRow {
  id: string;
  productId: string;
  variantId: string | null;
  warehouseId: string | null;
  itemId: string;
  sku: string | null;
  eventType: string;
  sequence: number;
  previousQuantity: number | null;
  newQuantity: number | null;
  lowStockThreshold: number | null;
  thresholdSource: string | null;
  ruleId: string | null;
  /** The type of the command that caused it. */
  cause: string;
  causeMessageId: string;
  correlationId: string;
  /** The event's data as JSON text. */
  data: string;
}

/** Inserts into the partition of the ids; keeps the five indexes of the audit log. */
export const INSERT_INVENTORY_EVENTS_SQL = `
INSERT INTO inventory_events (id, product_id, variant_id, warehouse_id, item_id, sku, event_type,
  sequence, previous_quantity, new_quantity, low_stock_threshold, threshold_source, rule_id, cause,
  cause_message_id, correlation_id, data, created_at)
SELECT id, product_id, variant_id, warehouse_id, item_id, sku, event_type, sequence,
  previous_quantity, new_quantity, low_stock_threshold, threshold_source, rule_id, cause,
  cause_message_id, correlation_id, data::jsonb, to_timestamp($18::float8 / 1000.0)
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
  $8::bigint[], $9::int[], $10::int[], $11::int[], $12::threshold_source[], $13::uuid[],
  $14::text[], $15::uuid[], $16::text[], $17::text[])
  AS e (id, product_id, variant_id, warehouse_id, item_id, sku, event_type, sequence,
    previous_quantity, new_quantity, low_stock_threshold, threshold_source, rule_id, cause,
    cause_message_id, correlation_id, data)`;

export async function insertInventoryEvents(
  client: ClientBase,
  events: readonly InventoryEventRow[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'insert-inventory-events',
    text: INSERT_INVENTORY_EVENTS_SQL,
    values: [
      arrayLiteral(events.map((row) => row.id)),
      arrayLiteral(events.map((row) => row.productId)),
      arrayLiteral(events.map((row) => row.variantId)),
      arrayLiteral(events.map((row) => row.warehouseId)),
      arrayLiteral(events.map((row) => row.itemId)),
      textArray(events.map((row) => row.sku)),
      arrayLiteral(events.map((row) => row.eventType)),
      arrayLiteral(events.map((row) => row.sequence)),
      arrayLiteral(events.map((row) => row.previousQuantity)),
      arrayLiteral(events.map((row) => row.newQuantity)),
      arrayLiteral(events.map((row) => row.lowStockThreshold)),
      arrayLiteral(events.map((row) => row.thresholdSource)),
      arrayLiteral(events.map((row) => row.ruleId)),
      arrayLiteral(events.map((row) => row.cause)),
      arrayLiteral(events.map((row) => row.causeMessageId)),
      textArray(events.map((row) => row.correlationId)),
      textArray(events.map((row) => row.data)),
      nowMs,
    ],
  });
}
