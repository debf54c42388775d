import { readOldestOverdueAge } from '@inventory-events/data-access';
import { createScheduledJob, type ScheduledJob } from '@inventory-events/jobs';
import { createReservationSweep, type SweepResult } from '@inventory-events/stock-ledger';
import type { Logger } from '@inventory-events/service-runtime';
import { createReservationSweepMetrics } from './create-reservation-sweep-metrics';
import type { UpkeepDeps } from './upkeep-deps';

/** Ends the holds whose time has passed, every `intervalMs`, by one replica at a time. */
export function createReservationSweepJob(deps: UpkeepDeps): ScheduledJob {
  const { pool, ledger, redis, intervalMs, logger, registry } = deps;
  const sweep = createReservationSweep({ pool, ledger });
  const metrics = createReservationSweepMetrics({
    registry,
    oldestOverdueSeconds: () => readOldestOverdueAge(pool),
    logger,
  });
  return createScheduledJob({
    name: 'reservation-sweep',
    everyMs: intervalMs,
    redisUrl: redis.url,
    keyPrefix: redis.keyPrefix,
    logger,
    async run(signal) {
      const result = await metrics.observe(() => sweep.run(signal));
      log(logger, result);
    },
  });
}

function log(logger: Logger, { outcome, releasedHolds, failures }: SweepResult): void {
  if (releasedHolds > 0) logger.info({ releasedHolds }, 'overdue holds released');
  else logger.debug({ outcome }, 'no overdue hold released');
  const [first] = failures;
  if (first === undefined) return;
  const { orderId, reservationIds, error } = first;
  const fields = { failures: failures.length, orderId, reservationIds, err: error };
  logger.error(fields, 'holds could not be released');
}
