import {
  createOutboxListener,
  createOutboxReader,
  createPartitionLeases,
  createPool,
  OUTBOX_PARTITIONS,
  relayConnectionString,
} from '@inventory-events/data-access';
import {
  createAmqpConnection,
  createConfirmPublisher,
  declareEventsTopology,
} from '@inventory-events/messaging';
import { createHeartbeat, type Logger, type Service } from '@inventory-events/service-runtime';
import type { Registry } from 'prom-client';
import type { Config } from './config';
import { createBlockedClock } from './metrics/blocked-clock';
import { createOutboxStatsReporter } from './metrics/outbox-stats-reporter';
import { createRelayMetrics, registerRelayGauges } from './metrics/relay-metrics';
import { Relay } from './relay/relay';

export interface RelayAppOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
}

const NAME = 'outbox-relay';
const POOL_SIZE = 4;
const MAX_SILENCE_MS = 60_000;

export function createRelayApp({ config, logger, registry }: RelayAppOptions): Service {
  const connectionString = relayConnectionString(config.databaseUrl);
  const pool = createPool({
    connectionString,
    applicationName: NAME,
    max: POOL_SIZE,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  });
  const heartbeat = createHeartbeat({ maxSilenceMs: MAX_SILENCE_MS });
  const connection = createAmqpConnection({ url: config.amqpUrl, name: NAME, logger });
  const blocked = createBlockedClock();
  connection.onBlockedChange(blocked.change);
  const publisher = createConfirmPublisher({
    connection,
    name: 'events',
    maxInFlight: config.relay.maxInFlight,
    declare: () => declareEventsTopology({ connection, logger }),
    onWritable: () => relay.publisherReady(),
  });
  const relay: Relay = new Relay({
    ...config.relay,
    pool,
    reader: createOutboxReader({ pool }),
    publisher,
    metrics: createRelayMetrics(registry),
    logger,
    partitions: OUTBOX_PARTITIONS,
    onTurn: () => heartbeat.beat(),
  });
  const leases = createPartitionLeases({
    connectionString: config.databaseUrl,
    applicationName: `${NAME} leases`,
    namespace: NAME,
    partitions: OUTBOX_PARTITIONS,
    pollMs: config.relay.leasePollMs,
    onAcquired: (partition) => relay.acquired(partition),
    onReleasing: (partition) => relay.releasing(partition),
    onLost: () => relay.lost(),
    logger,
  });
  const listener = createOutboxListener({
    connectionString: config.databaseUrl,
    applicationName: `${NAME} listener`,
    onWake: () => relay.wake(),
    logger,
  });
  const stats = createOutboxStatsReporter({
    pool,
    registry,
    logger,
    isReporter: () => relay.ownedPartitions.has(0),
  });
  registerRelayGauges(registry, {
    ownedPartitions: () => relay.ownedPartitions.size,
    bufferedEvents: () => relay.bufferedEvents,
    inFlight: () => publisher.inFlight(),
    blockedSeconds: blocked.seconds,
  });
  return {
    name: NAME,
    async start() {
      connection.start();
      publisher.start();
      relay.start();
      leases.start();
      listener.start();
      stats.start();
    },
    async stopIntake() {
      await Promise.all([relay.stopIntake(), listener.stop(), stats.stop()]);
    },
    async drain(signal) {
      const giveUp = (): void => relay.abandon();
      signal.addEventListener('abort', giveUp, { once: true });
      await leases.stop();
      signal.removeEventListener('abort', giveUp);
    },
    async close() {
      relay.abandon();
      await Promise.all([relay.stopIntake(), listener.stop(), stats.stop(), leases.stop()]);
      await publisher.close();
      await connection.close();
      if (!pool.ended) await pool.end();
    },
    isReady: () => leases.isConnected() && publisher.isReady(),
    readinessDetail() {
      if (!leases.isConnected()) return 'no database session';
      if (connection.isBlocked()) return 'the broker accepts no publishes';
      return publisher.isReady() ? undefined : 'no broker channel';
    },
    isAlive: () => heartbeat.isAlive(),
  };
}
