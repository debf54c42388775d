import type { AuditEvent } from '@inventory-events/data-access';
import { toCsvLine } from './to-csv-line';

export interface ExportFormat {
  readonly contentType: string;
  readonly header: string;
  toLine(event: AuditEvent): string;
}

const CSV_COLUMNS = [
  'id',
  'eventType',
  'createdAt',
  'productId',
  'variantId',
  'warehouseId',
  'itemId',
  'sku',
  'sequence',
  'previousQuantity',
  'newQuantity',
  'lowStockThreshold',
  'thresholdSource',
  'ruleId',
  'cause',
  'causeMessageId',
  'correlationId',
] as const satisfies readonly (keyof AuditEvent)[];

export const EXPORT_FORMATS = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    header: toCsvLine([...CSV_COLUMNS, 'data']),
    toLine: (event) =>
      toCsvLine([...CSV_COLUMNS.map((column) => event[column]), JSON.stringify(event.data)]),
  },
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    header: '',
    toLine: (event) => `${JSON.stringify(event)}\n`,
  },
} as const satisfies Record<string, ExportFormat>;
