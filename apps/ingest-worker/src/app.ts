import { beginSuspect, createPool, endSuspect } from '@inventory-events/data-access';
import { SUSPECT_AFTER_DELIVERIES } from '@inventory-events/messaging';
import type { Logger, Service } from '@inventory-events/service-runtime';
import { createStockLedger } from '@inventory-events/stock-ledger';
import { createReservationSweepJob } from '@inventory-events/stock-upkeep';
import type { Registry } from 'prom-client';
import type { Config } from './config';
import type { ConsumingService } from './consuming/create-consuming-service';
import { createBroker } from './create-broker';
import { createDatabaseProbe } from './create-database-probe';
import { createIngestMetrics } from './create-ingest-metrics';
import { createMaintenanceJob } from './maintenance/create-maintenance-job';
import { createOrderEventsService } from './order-events/create-order-events-service';
import { createUpdatesTopology } from './partitions/create-updates-topology';
import { SESSIONS_PER_BATCH } from './stock-updates/apply-stock-updates';
import { createStockUpdatesService } from './stock-updates/create-stock-updates-service';

export interface IngestAppOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
}

const NAME = 'ingest-worker';
/** Beside the batches of updates: one of order events, probes, maintenance and the sweep (two). */
const OTHER_CONNECTIONS = 5;

/** What the app consists of, in the order of its start; it stops in the reverse. */
export function createIngestApp({ config, logger, registry }: IngestAppOptions): Service[] {
  const { ingest, databaseUrl, redis } = config;
  const pool = createPool({
    connectionString: databaseUrl,
    applicationName: NAME,
    max: (ingest.partitions + 1) * SESSIONS_PER_BATCH + OTHER_CONNECTIONS,
    pipeline: true,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  });
  const database = createDatabaseProbe(pool, logger);
  const broker = createBroker({ url: config.amqpUrl, appName: NAME, logger });
  const { connect, consuming: connection, deadLetters } = broker;
  const queues = createUpdatesTopology({ connection, connect, ...ingest, logger });
  const consumers: ConsumingService[] = [];
  const metrics = createIngestMetrics({
    registry,
    backlog: () => queues.backlogOf(consumers.flatMap((service) => service.servedQueues())),
    logger,
  });
  const ledger = createStockLedger({ pool, defaults: config.threshold });
  const deps = {
    connection,
    suspects: {
      maxAttempts: ingest.deliveryLimit - SUSPECT_AFTER_DELIVERIES,
      begin: (key: Buffer) => beginSuspect(pool, key),
      end: (key: Buffer) => endSuspect(pool, key),
    },
    ledger,
    metrics,
    logger,
    settings: ingest,
    waitForDatabase: database.waitUntilReady,
  };
  consumers.push(
    createStockUpdatesService({
      queues,
      namespace: NAME,
      databaseUrl,
      deps: { ...deps, deadLetters: deadLetters.updates },
    }),
    createOrderEventsService({
      namespace: `${NAME} orders`,
      databaseUrl,
      deps: { ...deps, ...config.reservation, pool, deadLetters: deadLetters.orders },
    }),
  );
  const maintenance = createMaintenanceJob({ pool, redis, settings: config.maintenance, logger });
  const { sweepIntervalMs: intervalMs } = config.reservation;
  const sweep = createReservationSweepJob({ pool, ledger, redis, intervalMs, logger, registry });
  return [databaseService(pool, database), broker, maintenance, sweep, ...consumers];
}

function databaseService(
  pool: ReturnType<typeof createPool>,
  probe: ReturnType<typeof createDatabaseProbe>,
): Service {
  let ended: Promise<void> | undefined;
  return {
    name: 'database',
    start: () => Promise.resolve(),
    close: () => (ended ??= pool.end()),
    isReady: () => probe.isReady(),
  };
}
