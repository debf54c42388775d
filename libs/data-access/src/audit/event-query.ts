import { uuidV7Floor } from '../ids/uuid-v7-floor';
import { AUDIT_EVENT_COLUMNS } from './audit-event';

export interface EventFilter {
  readonly productId?: string | undefined;
  readonly variantId?: string | undefined;
  readonly warehouseId?: string | undefined;
  readonly sku?: string | undefined;
  /** Any of these. */
  readonly types?: readonly string[] | undefined;
  readonly correlationId?: string | undefined;
  /** Inclusive and exclusive, epoch ms. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export interface EventPageQuery {
  readonly filter: EventFilter;
  readonly order: 'newestFirst' | 'oldestFirst';
  /** The last id of the page before. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * A page of the audit log in the order of ids, which is the order of time. Indexes, of the
 * partitions that the bounds leave over: inventory_events_product_id_idx, _correlation_id_idx,
 * _sku_idx or _event_type_idx for their filters, the primary key without one. Each holds the id
 * behind its column, so a page is read in order and ends at the limit.
 *
 * The statement is made for the filters that are there and planned for their values: a prepared one
 * with optional filters would have to suit all of them.
 */
export function toEventPageStatement({ filter, order, afterId, limit }: EventPageQuery): Statement {
  const values: unknown[] = [];
  const bind = (value: unknown, type: string): string => {
    values.push(value);
    return `$${values.length}::${type}`;
  };
  const isNewestFirst = order === 'newestFirst';
  const conditions = toConditions(filter, bind);
  if (afterId !== undefined) {
    conditions.push(`id ${isNewestFirst ? '<' : '>'} ${bind(afterId, 'uuid')}`);
  }
  const tail = `ORDER BY id ${isNewestFirst ? 'DESC' : 'ASC'} LIMIT ${bind(limit, 'int')}`;
  const { types = [] } = filter;
  if (types.length > 1 && !isSelective(filter)) {
    // Each type's first rows by its index, then the first of those: an ANY can't be read in order.
    const pages = types.map((type) => {
      const ofType = select([...conditions, `event_type = ${bind(type, 'text')}`]);
      return `(${ofType} ${tail})`;
    });
    return { text: `${pages.join(' UNION ALL ')} ${tail}`, values };
  }
  if (types.length > 0) conditions.push(`event_type = ANY (${bind(types, 'text[]')})`);
  return { text: `${select(conditions)} ${tail}`, values };
}

function select(conditions: readonly string[]): string {
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return `SELECT ${AUDIT_EVENT_COLUMNS} FROM inventory_events ${where}`;
}

function isSelective({ productId, sku, correlationId }: EventFilter): boolean {
  return productId !== undefined || sku !== undefined || correlationId !== undefined;
}

function toConditions(
  filter: EventFilter,
  bind: (value: unknown, type: string) => string,
): string[] {
  const conditions: string[] = [];
  const add = (value: unknown, type: string, toCondition: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(toCondition(bind(value, type)));
  };
  add(filter.productId, 'uuid', (parameter) => `product_id = ${parameter}`);
  add(filter.variantId, 'uuid', (parameter) => `variant_id = ${parameter}`);
  add(filter.warehouseId, 'uuid', (parameter) => `warehouse_id = ${parameter}`);
  add(filter.sku, 'text', (parameter) => `sku = ${parameter}`);
  add(filter.correlationId, 'text', (parameter) => `correlation_id = ${parameter}`);
  add(floorOf(filter.fromMs), 'uuid', (parameter) => `id >= ${parameter}`);
  add(floorOf(filter.toMs), 'uuid', (parameter) => `id < ${parameter}`);
  return conditions;
}

function floorOf(epochMs: number | undefined): string | undefined {
  return epochMs === undefined ? undefined : uuidV7Floor(epochMs);
}
