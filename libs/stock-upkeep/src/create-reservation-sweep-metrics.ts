import { coerceError } from '@inventory-events/errors';
import type { Logger } from '@inventory-events/service-runtime';
import type { SweepResult } from '@inventory-events/stock-ledger';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface ReservationSweepMetrics {
  /** Runs a sweep and counts what comes of it. */
  observe(sweep: () => Promise<SweepResult>): Promise<SweepResult>;
}

export interface ReservationSweepMetricsOptions {
  readonly registry: Registry;
  /** Asked at every scrape, so that every replica tells, whoever sweeps. */
  readonly oldestOverdueSeconds: () => Promise<number>;
  readonly logger: Logger;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];

export function createReservationSweepMetrics(
  options: ReservationSweepMetricsOptions,
): ReservationSweepMetrics {
  const { oldestOverdueSeconds, logger } = options;
  const registers = [options.registry];
  const sweeps = new Counter({
    name: 'inventory_reservation_sweeps_total',
    help: 'Sweeps by what became of them; `busy`: another replica was at it',
    labelNames: ['outcome'],
    registers,
  });
  const released = new Counter({
    name: 'inventory_reservation_sweep_released_total',
    help: 'Overdue holds released',
    registers,
  });
  const failed = new Counter({
    name: 'inventory_reservation_sweep_failures_total',
    help: 'Orders whose overdue holds could not be released for a reason that will not pass',
    registers,
  });
  const duration = new Histogram({
    name: 'inventory_reservation_sweep_duration_seconds',
    help: 'From the look for overdue holds to the end of the last of them',
    buckets: SECONDS,
    registers,
  });
  new Gauge({
    name: 'inventory_reservation_oldest_overdue_seconds',
    help: 'Since the time of the longest overdue hold had passed; 0: none is overdue',
    registers,
    async collect() {
      try {
        this.set(await oldestOverdueSeconds());
      } catch (thrown) {
        // The figure of before stays: the other ones are wanted while the database is away.
        logger.debug({ err: coerceError(thrown) }, 'the oldest overdue hold could not be read');
      }
    },
  });

  return {
    async observe(sweep) {
      const startedAt = performance.now();
      try {
        const result = await sweep();
        sweeps.inc({ outcome: result.outcome });
        released.inc(result.releasedHolds);
        failed.inc(result.failures.length);
        return result;
      } catch (error) {
        sweeps.inc({ outcome: 'failed' });
        throw error;
      } finally {
        duration.observe((performance.now() - startedAt) / 1_000);
      }
    },
  };
}
