import {
  findOverdueOrders,
  type OverdueOrder,
  type OverduePosition,
  withSessionLock,
} from '@inventory-events/data-access';
import type { Pool } from 'pg';
import type { StockLedger } from '../create-stock-ledger';
import { executeInHalves } from './execute-in-halves';
import { toExpireCommand } from './to-expire-command';

export interface ReservationSweepDeps {
  /** For a session of its own during a sweep, beside those of the ledger. */
  readonly pool: Pool;
  readonly ledger: StockLedger;
  /** Holds in one transaction at most. */
  readonly batchSize?: number;
  /** What can't be released for a reason that won't pass is tried again after so long. */
  readonly retryFailedAfterMs?: number;
}

export interface SweepFailure {
  readonly orderId: string;
  readonly reservationIds: readonly string[];
  readonly error: Error;
}

export interface SweepResult {
  /** `busy`: another process sweeps. */
  readonly outcome: 'done' | 'busy';
  readonly releasedHolds: number;
  readonly failures: readonly SweepFailure[];
}

export interface ReservationSweep {
  /** Releases all holds whose time has passed; an aborted signal ends it after the batch. */
  run(signal?: AbortSignal): Promise<SweepResult>;
}

const BATCH_SIZE = 500;
const RETRY_FAILED_AFTER_MS = 60_000;

/**
 * Ends holds whose time has passed, in the order of their expiry, batch by batch until none is left.
 * The rows are the truth: a sweep that was killed, or that never heard of its commit, is continued
 * by the next one, and two at once release a hold once (the second finds it ended). A hold that
 * can't be released doesn't stop those behind it.
 */
export function createReservationSweep(deps: ReservationSweepDeps): ReservationSweep {
  const { pool, ledger, batchSize = BATCH_SIZE } = deps;
  const { retryFailedAfterMs = RETRY_FAILED_AFTER_MS } = deps;
  /** When each may be tried again. */
  const failed = new Map<string, number>();

  async function release(orders: readonly OverdueOrder[]): Promise<Omit<SweepResult, 'outcome'>> {
    const failures: SweepFailure[] = [];
    let releasedHolds = 0;
    const executions = await executeInHalves(ledger, orders.map(toExpireCommand));
    executions.forEach((execution, index) => {
      const { orderId, reservationIds } = orders[index] as OverdueOrder;
      if ('result' in execution) {
        const { outcome, reservations = [] } = execution.result;
        if (outcome === 'expired') releasedHolds += reservations.length;
      } else {
        failures.push({ orderId, reservationIds, error: execution.error });
        failed.set(orderId, performance.now() + retryFailedAfterMs);
      }
    });
    return { releasedHolds, failures };
  }

  function isDue({ orderId }: OverdueOrder): boolean {
    const retryAt = failed.get(orderId);
    if (retryAt !== undefined && performance.now() < retryAt) return false;
    failed.delete(orderId);
    return true;
  }

  async function sweep(
    find: (after: OverduePosition | undefined) => ReturnType<typeof findOverdueOrders>,
    signal: AbortSignal | undefined,
  ): Promise<SweepResult> {
    const failures: SweepFailure[] = [];
    let releasedHolds = 0;
    let after: OverduePosition | undefined;
    while (!signal?.aborted) {
      const page = await find(after);
      if (page.end === undefined) break;
      const orders = page.orders.filter(isDue);
      if (orders.length > 0) {
        const released = await release(orders);
        releasedHolds += released.releasedHolds;
        failures.push(...released.failures);
      }
      after = page.end;
    }
    return { outcome: 'done', releasedHolds, failures };
  }

  return {
    async run(signal) {
      const nothing = { releasedHolds: 0, failures: [] };
      // Most of the time there is nothing to do, and nobody to agree with about it.
      const { holdCount } = await findOverdueOrders(pool, { limit: 1 });
      if (holdCount === 0) return { outcome: 'done', ...nothing };
      const result = await withSessionLock(pool, 'reservation-sweep', (client) =>
        sweep((after) => findOverdueOrders(client, { limit: batchSize, after }), signal),
      );
      return result === 'busy' ? { outcome: 'busy', ...nothing } : result;
    },
  };
}
