import { topology } from '@inventory-events/contracts';
import {
  createEventObserver,
  createRedisPrefix,
  createTestDatabase,
  createTestVhost,
  type EventObserver,
  type RedisPrefix,
  type ServerVariable,
} from '@inventory-events/testing';
import type { Channel } from 'amqplib';
import { Pool } from 'pg';
import type { AppName, BuiltApp } from '../build/app-name';
import { DEFAULT_THRESHOLD } from '../oracle/item-story';
import { createOperationSender, type OperationSender } from '../workload/create-operation-sender';
import { type BrokerProbe, createBrokerProbe } from './create-broker-probe';
import { createFaultControl, type FaultControl } from './create-fault-control';
import type { FaultOrder } from './fault-order';
import { startSupervisedApp, type SupervisedApp } from './start-supervised-app';

export interface WorldOptions {
  /** What is run as each app. */
  readonly scripts: Readonly<Record<AppName, string>> & Partial<Record<BuiltApp, string>>;
  /** Servers of the run's own; the tests' where absent. */
  readonly servers?: Partial<Record<ServerVariable, string>>;
  /** 0: the plain queue alone. */
  readonly partitions?: number;
  /** For all apps. */
  readonly env?: Readonly<Record<string, string>>;
  /** False: the exchange of events returns what no queue is bound for. */
  readonly hasAlternateExchange?: boolean;
}

export interface StartOptions {
  /**
   * Undefined: nothing happens. `trace`: its hits are counted. `ordered`: it and whoever takes its
   * place do what they are ordered to.
   */
  readonly fault?: FaultOrder | 'trace' | 'ordered';
  readonly env?: Readonly<Record<string, string>>;
}

export interface StartedApp extends SupervisedApp {
  readonly control: FaultControl;
}

/** A database, a virtual host and apps of one run's own; everything goes away with it. */
export interface World {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  readonly redisUrl: string;
  readonly redis: RedisPrefix;
  readonly partitions: number;
  readonly pool: Pool;
  readonly broker: BrokerProbe;
  readonly sender: OperationSender;
  readonly observer: EventObserver;
  readonly apps: readonly StartedApp[];
  start(app: BuiltApp, options?: StartOptions): Promise<StartedApp>;
  close(): Promise<void>;
}

/** Worlds that are open, to be closed when the harness is interrupted. */
const worlds = new Set<World>();

export async function closeOpenWorlds(): Promise<void> {
  await Promise.all([...worlds].map((world) => world.close()));
}

/** A silent peer is given up after twice as many seconds. */
const HEARTBEAT_SECONDS = 2;

export async function openWorld(options: WorldOptions): Promise<World> {
  const { partitions = 0, hasAlternateExchange = true, servers = {} } = options;
  const [database, vhost] = await Promise.all([
    createTestDatabase({ server: servers.DATABASE_URL }),
    createTestVhost({ amqpUrl: servers.AMQP_URL, managementUrl: servers.AMQP_MANAGEMENT_URL }),
  ]);
  const redis = createRedisPrefix(servers.REDIS_URL);
  const pool = new Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined); // the next query reports what is wrong
  const observer = await createEventObserver({
    amqpUrl: vhost.url,
    exchange: topology.exchanges.events,
    declare: (channel) => declareEventsExchange(channel, hasAlternateExchange),
  });
  const broker = createBrokerProbe(vhost.url);
  const sender = createOperationSender(vhost.url);
  const env = {
    DATABASE_URL: database.url,
    AMQP_URL: `${vhost.url}?heartbeat=${HEARTBEAT_SECONDS}`,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    INGEST_PARTITIONS: String(partitions),
    DEFAULT_LOW_STOCK_THRESHOLD: String(DEFAULT_THRESHOLD),
    SHUTDOWN_TIMEOUT_MS: '4000',
    LOG_LEVEL: 'info',
    ...options.env,
  };
  const apps: StartedApp[] = [];
  const world: World = {
    databaseUrl: database.url,
    amqpUrl: vhost.url,
    redisUrl: redis.url,
    redis,
    partitions,
    pool,
    broker,
    sender,
    observer,
    apps,
    async start(app, { fault, env: own = {} } = {}) {
      const control = await createFaultControl();
      const order = fault === 'trace' ? undefined : fault;
      const label = `${app} ${apps.filter((each) => each.label.startsWith(app)).length + 1}`;
      const supervised = await startSupervisedApp({
        label,
        script: scriptOf(options, app),
        env: { ...env, ...own, ...(fault === 'ordered' ? control.environment(fault) : {}) },
        ...(fault === undefined ? {} : { faultEnv: control.environment(order) }),
      });
      const started = { ...supervised, control };
      apps.push(started);
      return started;
    },
    close: () => (closing ??= closeAll()),
  };
  let closing: Promise<void> | undefined;
  async function closeAll(): Promise<void> {
    worlds.delete(world);
    await Promise.all(apps.map((app) => app.stop()));
    await Promise.all(apps.map((app) => app.control.remove()));
    await Promise.all([sender.close(), broker.close(), observer.close(), pool.end()]);
    await Promise.all([database.drop(), vhost.remove(), redis.removeKeys()]);
  }
  worlds.add(world);
  return world;
}

function scriptOf({ scripts }: WorldOptions, app: BuiltApp): string {
  const script = scripts[app];
  if (script === undefined) throw new Error(`${app} was not built`);
  return script;
}

/** As the relay declares it, unless it is to have no alternate. */
function declareEventsExchange(channel: Channel, hasAlternate: boolean): Promise<unknown> {
  const { events, unroutedEvents } = topology.exchanges;
  return channel.assertExchange(events, topology.exchangeTypes.events, {
    durable: true,
    ...(hasAlternate ? { alternateExchange: unroutedEvents } : {}),
  });
}
