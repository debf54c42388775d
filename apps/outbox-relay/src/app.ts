import {
  assertMigrated,
  createOutboxListener,
  createOutboxReader,
  createPartitionLeases,
  createPool,
  OUTBOX_PARTITIONS,
  relayConnectionString,
  type OutboxListener,
  type PartitionLeases,
} from '@inventory-events/data-access';
import {
  createAmqpConnection,
  createConfirmPublisher,
  declareEventsTopology,
  type AmqpConnection,
  type ConfirmPublisher,
} from '@inventory-events/messaging';
import {
  createHeartbeat,
  type Heartbeat,
  type Logger,
  type Service,
} from '@inventory-events/service-runtime';
import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import type { Config } from './config';
import { createBlockedClock } from './metrics/blocked-clock';
import {
  createOutboxStatsReporter,
  type OutboxStatsReporter,
} from './metrics/outbox-stats-reporter';
import { createRelayMetrics, registerRelayGauges } from './metrics/relay-metrics';
import { Relay } from './relay/relay';

export interface RelayAppOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly registry: Registry;
}

interface Parts {
  readonly pool: Pool;
  readonly connection: AmqpConnection;
  readonly publisher: ConfirmPublisher;
  readonly relay: Relay;
  readonly leases: PartitionLeases;
  readonly listener: OutboxListener;
  readonly stats: OutboxStatsReporter;
  readonly heartbeat: Heartbeat;
}

const NAME = 'outbox-relay';
const POOL_SIZE = 4;
const MAX_SILENCE_MS = 60_000;

export function createRelayApp(options: RelayAppOptions): Service {
  return toService(createParts(options));
}

function createParts({ config, logger, registry }: RelayAppOptions): Parts {
  const { databaseUrl: connectionString } = config;
  const pool = createPool({
    connectionString: relayConnectionString(connectionString),
    applicationName: NAME,
    max: POOL_SIZE,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  });
  const heartbeat = createHeartbeat({ maxSilenceMs: MAX_SILENCE_MS });
  const connection = createAmqpConnection({ url: config.amqpUrl, name: NAME, logger });
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
    connectionString,
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
    connectionString,
    applicationName: `${NAME} listener`,
    onWake: () => relay.wake(),
    logger,
  });
  const isReporter = (): boolean => relay.ownedPartitions.has(0);
  const stats = createOutboxStatsReporter({ pool, registry, logger, isReporter });
  const parts = { pool, connection, publisher, relay, leases, listener, stats, heartbeat };
  registerGauges(registry, parts);
  return parts;
}

function registerGauges(registry: Registry, { connection, relay, publisher }: Parts): void {
  const blocked = createBlockedClock();
  connection.onBlockedChange(blocked.change);
  registerRelayGauges(registry, {
    ownedPartitions: () => relay.ownedPartitions.size,
    bufferedEvents: () => relay.bufferedEvents,
    inFlight: () => publisher.inFlight(),
    blockedSeconds: blocked.seconds,
  });
}

function toService(parts: Parts): Service {
  const { pool, connection, publisher, relay, leases, listener, stats, heartbeat } = parts;
  let closing: Promise<void> | undefined;
  async function stopIntake(): Promise<void> {
    await Promise.all([relay.stopIntake(), listener.stop(), stats.stop()]);
  }
  async function close(): Promise<void> {
    relay.abandon();
    await Promise.all([stopIntake(), leases.stop()]);
    await publisher.close();
    await connection.close();
    await pool.end();
  }
  return {
    name: NAME,
    async start() {
      for (const part of [connection, publisher, relay, leases, listener, stats]) part.start();
    },
    stopIntake,
    async drain(signal) {
      const giveUp = (): void => relay.abandon();
      signal.addEventListener('abort', giveUp, { once: true });
      await leases.stop();
      signal.removeEventListener('abort', giveUp);
    },
    close() {
      closing ??= close();
      return closing;
    },
    async isReady() {
      if (!leases.isConnected() || !publisher.isReady()) return false;
      await assertMigrated(pool);
      return true;
    },
    readinessDetail() {
      if (!leases.isConnected()) return 'no database session';
      if (connection.isBlocked()) return 'the broker accepts no publishes';
      return publisher.isReady() ? undefined : 'no broker channel';
    },
    isAlive: () => heartbeat.isAlive(),
  };
}
