import { readOutboxStats } from '@inventory-events/data-access';
import { coerceError } from '@inventory-events/errors';
import type { Logger } from '@inventory-events/service-runtime';
import type { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';

export interface OutboxStatsReporterOptions {
  readonly pool: Pool;
  readonly registry: Registry;
  readonly logger: Logger;
  readonly intervalMs?: number;
  /** One of several relays reports; the others show nothing, so that a sum over all is right. */
  isReporter(): boolean;
}

export interface OutboxStatsReporter {
  start(): void;
  stop(): Promise<void>;
}

const DEFAULT_INTERVAL_MS = 5000;
/** Counting a long outbox takes time: at most a hundredth of it goes into counting. */
const REST_FACTOR = 100;

/** Size and oldest age of the outbox as metrics. */
export function createOutboxStatsReporter(
  options: OutboxStatsReporterOptions,
): OutboxStatsReporter {
  const { pool, logger, isReporter, intervalMs = DEFAULT_INTERVAL_MS } = options;
  const registers = [options.registry];
  const pending = new Gauge({
    name: 'outbox_pending_events',
    help: 'Events waiting for their publication',
    registers,
  });
  const oldest = new Gauge({
    name: 'outbox_oldest_age_seconds',
    help: 'Age of the oldest event in the outbox',
    registers,
  });
  const parked = new Gauge({
    name: 'outbox_parked_events',
    help: 'Events set aside and not redriven',
    registers,
  });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  async function report(): Promise<void> {
    const startedAt = performance.now();
    try {
      const stats = isReporter() ? await readOutboxStats(pool) : undefined;
      pending.set(stats?.pending ?? 0);
      oldest.set(stats?.oldestAgeSeconds ?? 0);
      parked.set(stats?.parked ?? 0);
    } catch (error) {
      logger.warn({ err: coerceError(error) }, 'the outbox could not be counted');
    }
    const tookMs = performance.now() - startedAt;
    if (!stopped) timer = setTimeout(next, Math.max(intervalMs, tookMs * REST_FACTOR));
  }
  function next(): void {
    running = report();
  }

  return {
    start() {
      if (!stopped && timer === undefined) timer = setTimeout(next, intervalMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}
