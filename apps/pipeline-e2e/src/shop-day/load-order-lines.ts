import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateOrderLines } from './generate-order-lines';
import type { OrderLine } from './order-line';
import { parseCsv } from './parse-csv';

const REPOSITORY = resolve(__dirname, '../../../..');
const BESIDE_REPOSITORY = resolve(REPOSITORY, '../shared/data/online-retail-2010-12-01.csv');

/**
 * A day of real orders from `REAL_ORDERS_CSV` or from beside the repository, and a generated one
 * of the same shape where there is neither, so that the replay is never skipped.
 */
export function loadOrderLines(env: NodeJS.ProcessEnv = process.env): {
  origin: 'real' | 'generated';
  lines: OrderLine[];
} {
  const path = env['REAL_ORDERS_CSV'] ?? BESIDE_REPOSITORY;
  if (!env['REAL_ORDERS_CSV'] && !existsSync(path)) {
    return { origin: 'generated', lines: generateOrderLines() };
  }
  return { origin: 'real', lines: parseCsv(readFileSync(path, 'utf8')).map(toOrderLine) };
}

function toOrderLine(row: Record<string, string>): OrderLine {
  return {
    stockCode: row['stock_code'] ?? '',
    quantity: Number(row['quantity']),
    cancellation: row['invoice']?.startsWith('C') ?? false,
    orderedAt: row['invoice_date'] ?? '',
  };
}
