import type { createPool } from '@inventory-events/data-access';
import type { BatchVerdicts } from '@inventory-events/messaging';
import type { Logger } from '@inventory-events/service-runtime';
import type { LedgerResult, StockLedger } from '@inventory-events/stock-ledger';
import { toVerdict } from '../consuming/to-verdict';
import type { IngestMetrics } from '../create-ingest-metrics';
import type { IgnoredEvent, OrderEvent } from './order-event';
import { resolveLines } from './resolve-lines';
import { splitAtLookups } from './split-at-lookups';
import { toOrderCommand } from './to-order-command';

export interface OrderEventsDeps {
  readonly pool: ReturnType<typeof createPool>;
  readonly ledger: StockLedger;
  readonly metrics: IngestMetrics;
  readonly logger: Logger;
  readonly ttlSeconds: number;
}

/** Paid for, and there is no stock to sell for it: somebody has to know. */
const UNSOLD: ReadonlySet<LedgerResult['outcome']> = new Set([
  'expired',
  'already_cancelled',
  'not_found',
]);

/**
 * Has the ledger execute a batch in the order of its arrival, and says which messages belong into
 * the dead-letter queue. Tried again, what had its effect is a duplicate.
 */
export async function applyOrderEvents(
  deps: OrderEventsDeps,
  batch: readonly (OrderEvent | IgnoredEvent)[],
): Promise<BatchVerdicts> {
  const { metrics } = deps;
  const results = new Map<OrderEvent, LedgerResult>();
  for (const part of splitAtLookups(batch.filter((entry) => entry !== 'ignored'))) {
    const executed = await execute(deps, part);
    part.forEach((entry, index) => results.set(entry, executed[index] as LedgerResult));
  }
  return batch.map((entry) => {
    if (entry === 'ignored') {
      metrics.recordIgnoredEvent();
      return undefined;
    }
    const result = results.get(entry) as LedgerResult;
    metrics.recordOrderEvent(entry.event.type, result);
    warnOfUnsold(deps.logger, entry, result);
    return toVerdict(result);
  });
}

async function execute(
  { pool, ledger, ttlSeconds }: OrderEventsDeps,
  events: readonly OrderEvent[],
): Promise<readonly LedgerResult[]> {
  const items = await resolveLines(pool, events);
  return ledger.executeBatch(events.map((event) => toOrderCommand(event, { items, ttlSeconds })));
}

function warnOfUnsold(logger: Logger, { context, event }: OrderEvent, result: LedgerResult): void {
  if (event.type !== 'payment.successful' || !UNSOLD.has(result.outcome)) return;
  const { orderId } = event.message;
  const { correlationId } = context;
  logger.warn({ orderId, correlationId, outcome: result.outcome }, 'a paid order holds no stock');
}
