import { topology } from '@inventory-events/contracts';
import {
  beginSuspect,
  createPartitionLeases,
  createPool,
  endSuspect,
} from '@inventory-events/data-access';
import {
  createAmqpConnection,
  createDeadLetterPublisher,
  declareUpdatesDeadLetters,
  SUSPECT_AFTER_DELIVERIES,
} from '@inventory-events/messaging';
import type { Logger, Service } from '@inventory-events/service-runtime';
import { createStockLedger } from '@inventory-events/stock-ledger';
import type { Registry } from 'prom-client';
import type { Config } from './config';
import { createDatabaseProbe } from './create-database-probe';
import { createIngestMetrics } from './create-ingest-metrics';
import { createPartitionMaintenanceJob } from './maintenance/create-partition-maintenance-job';
import { createQueueShare, type QueueShare } from './partitions/create-queue-share';
import { createUpdatesTopology } from './partitions/create-updates-topology';
import {
  createStockUpdatesConsumer,
  type StockUpdatesConsumerDeps,
} from './stock-updates/stock-updates.consumer';
import { SESSIONS_PER_BATCH } from './stock-updates/apply-stock-updates';
import { createStockUpdatesService } from './stock-updates/create-stock-updates-service';

export interface IngestAppOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
}

const NAME = 'ingest-worker';
/** Beside the batches: probes and the maintenance of partitions. */
const OTHER_CONNECTIONS = 2;

/** What the app consists of, in the order of its start; it stops in the reverse. */
export function createIngestApp({ config, logger, registry }: IngestAppOptions): Service[] {
  const { ingest } = config;
  const pool = createPool({
    connectionString: config.databaseUrl,
    applicationName: NAME,
    max: (ingest.partitions + 1) * SESSIONS_PER_BATCH + OTHER_CONNECTIONS,
    pipeline: true,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  });
  const database = createDatabaseProbe(pool, logger);
  const connect = { url: config.amqpUrl, name: `${NAME} consuming` };
  const consuming = createAmqpConnection({ ...connect, logger });
  const publishing = createAmqpConnection({
    url: config.amqpUrl,
    name: `${NAME} dead letters`,
    logger,
  });
  const deadLetters = createDeadLetterPublisher({
    connection: publishing,
    exchange: topology.exchanges.deadLetters,
    routingKey: topology.deadLetterKeys.updates,
    logger,
    declare: () => declareUpdatesDeadLetters({ connection: publishing, logger }),
  });
  const queues = createUpdatesTopology({ connection: consuming, connect, ...ingest, logger });
  const metrics = createIngestMetrics({
    registry,
    backlog: () => queues.backlogOf(stockUpdates.servedQueues()),
    logger,
  });
  const ledger = createStockLedger({ pool, defaults: config.threshold });
  const consumerDeps: StockUpdatesConsumerDeps = {
    connection: consuming,
    deadLetters,
    suspects: {
      maxAttempts: ingest.deliveryLimit - SUSPECT_AFTER_DELIVERIES,
      begin: (key) => beginSuspect(pool, key),
      end: (key) => endSuspect(pool, key),
    },
    ledger,
    metrics,
    logger,
    settings: ingest,
    declareQueue: queues.declareQueue,
    waitForDatabase: database.waitUntilReady,
  };
  const stockUpdates = createStockUpdatesService({
    logger,
    declareQueues: queues.declareAll,
    createShare: (names) => shareQueues(names, config.databaseUrl, consumerDeps),
  });
  const maintenance = createPartitionMaintenanceJob({
    pool,
    redis: config.redis,
    settings: config.maintenance,
    logger,
  });
  return [
    databaseService(pool, database),
    brokerService([consuming, publishing], deadLetters),
    maintenance,
    stockUpdates,
  ];
}

function shareQueues(
  queues: readonly string[],
  connectionString: string,
  consumerDeps: StockUpdatesConsumerDeps,
): QueueShare {
  const { logger } = consumerDeps;
  return createQueueShare({
    queues,
    logger,
    createConsumer: (queue) => createStockUpdatesConsumer(consumerDeps, queue),
    createLeases: (events) =>
      createPartitionLeases({
        ...events,
        connectionString,
        applicationName: `${NAME} leases`,
        namespace: NAME,
        partitions: queues.length,
        // Held batches stay held, see createQueueShare.
        onLost: () => undefined,
        logger,
      }),
  });
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

function brokerService(
  connections: readonly ReturnType<typeof createAmqpConnection>[],
  deadLetters: ReturnType<typeof createDeadLetterPublisher>,
): Service {
  return {
    name: 'broker',
    async start() {
      for (const connection of connections) connection.start();
      deadLetters.start();
    },
    async close() {
      await deadLetters.close();
      await Promise.all(connections.map((connection) => connection.close()));
    },
    isReady: () => connections.every((connection) => connection.isConnected()),
  };
}
