/** A row of the audit log: one published event, with what decided it. */
export interface AuditEvent {
  readonly id: string;
  readonly eventType: string;
  readonly createdAt: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  readonly itemId: string;
  readonly sku: string | null;
  readonly sequence: number;
  readonly previousQuantity: number | null;
  readonly newQuantity: number | null;
  readonly lowStockThreshold: number | null;
  readonly thresholdSource: string | null;
  readonly ruleId: string | null;
  /** The type of the command that caused it, and the message that carried the command. */
  readonly cause: string;
  readonly causeMessageId: string | null;
  readonly correlationId: string;
  readonly data: unknown;
}

export const AUDIT_EVENT_COLUMNS = `id, event_type, created_at, product_id, variant_id, warehouse_id,
  item_id, sku, sequence, previous_quantity, new_quantity, low_stock_threshold, threshold_source,
  rule_id, cause, cause_message_id, correlation_id, data`;

export interface AuditEventRow {
  readonly id: string;
  readonly event_type: string;
  readonly created_at: Date;
  readonly product_id: string;
  readonly variant_id: string | null;
  readonly warehouse_id: string | null;
  readonly item_id: string;
  readonly sku: string | null;
  /** The driver gives 64-bit integers as text. */
  readonly sequence: string;
  readonly previous_quantity: number | null;
  readonly new_quantity: number | null;
  readonly low_stock_threshold: number | null;
  readonly threshold_source: string | null;
  readonly rule_id: string | null;
  readonly cause: string;
  readonly cause_message_id: string | null;
  readonly correlation_id: string;
  readonly data: unknown;
}

export function toAuditEvent(row: AuditEventRow): AuditEvent {
  return {
    id: row.id,
    eventType: row.event_type,
    createdAt: row.created_at.toISOString(),
    productId: row.product_id,
    variantId: row.variant_id,
    warehouseId: row.warehouse_id,
    itemId: row.item_id,
    sku: row.sku,
    sequence: Number(row.sequence),
    previousQuantity: row.previous_quantity,
    newQuantity: row.new_quantity,
    lowStockThreshold: row.low_stock_threshold,
    thresholdSource: row.threshold_source,
    ruleId: row.rule_id,
    cause: row.cause,
    causeMessageId: row.cause_message_id,
    correlationId: row.correlation_id,
    data: row.data,
  };
}
