import type { CutRule, ServerName, TcpProxy } from '@inventory-events/testing';
import type { AppName, BuiltApp } from '../../build/app-name';
import type { Disturbance, Outage } from '../outage';
import { repeat } from '../stage/repeat';

const NOTHING = () => Promise.resolve();
const VARIABLES = { postgres: 'DATABASE_URL', rabbitmq: 'AMQP_URL', redis: 'REDIS_URL' } as const;
/** Class and method of AMQP frames, as they stand in them. */
const PUBLISH = Buffer.from([0, 60, 0, 40]);
const ACK = Buffer.from([0, 60, 0, 80]);

/** The connections of one app, or of all, to one server. */
interface Between {
  readonly app?: AppName;
  readonly server: ServerName;
}

type Play = (proxy: TcpProxy) => Omit<Disturbance, 'environment'>;

function between({ app, server }: Between, play: Play): Outage['prepare'] {
  return async (stage) => {
    const proxy = await stage.openProxy(server);
    const { databaseUrl, amqpUrl, redisUrl } = stage.world;
    const url = { postgres: databaseUrl, rabbitmq: amqpUrl, redis: redisUrl }[server];
    const through = { [VARIABLES[server]]: withHeartbeat(proxy.through(url), server) };
    const isMeant = (each: BuiltApp) => app === undefined || each === app;
    return { ...play(proxy), environment: (each) => (isMeant(each) ? through : {}) };
  };
}

/** As all apps of a world have it. */
function withHeartbeat(url: string, server: ServerName): string {
  return server === 'rabbitmq' ? `${url}?heartbeat=2` : url;
}

const cutting = { breaks: [], bite: 'told', holdMs: 4_000, limitMs: 15_000 } as const;

/** Cuts a connection whenever the rule is met, again and again. */
function cutOut(rule: CutRule): Play {
  return (proxy) => {
    let cuts = 0;
    let isOver = false;
    async function cutAgain(): Promise<void> {
      while (!isOver) {
        await proxy.cutAfter(rule);
        cuts += 1;
      }
    }
    return {
      inject: async () => void cutAgain(),
      async heal() {
        isOver = true;
        proxy.forgetRules();
      },
      tell: () => (cuts > 0 ? `${cuts} connections cut` : undefined),
    };
  };
}

const cuts: readonly Outage[] = [
  {
    ...cutting,
    name: 'network: cut at a publish',
    injected: 'relays and RabbitMQ: cut before every 40th publish, for 4 s',
    expected: 'what is not confirmed is published again, in its order',
    prepare: between(
      { app: 'outbox-relay', server: 'rabbitmq' },
      cutOut({ direction: 'to-server', pattern: PUBLISH, occurrence: 40 }),
    ),
  },
  {
    ...cutting,
    name: 'network: cut at a confirm',
    injected: 'relays and RabbitMQ: cut before every 10th confirm, for 4 s',
    expected: 'what is not confirmed is published again, in its order',
    prepare: between(
      { app: 'outbox-relay', server: 'rabbitmq' },
      cutOut({ direction: 'to-client', pattern: ACK, occurrence: 10 }),
    ),
  },
  {
    ...cutting,
    name: 'network: cut at an ack',
    injected: 'workers and RabbitMQ: cut before every 5th acknowledgement, for 4 s',
    expected: 'what is delivered again has no second effect',
    prepare: between(
      { app: 'ingest-worker', server: 'rabbitmq' },
      cutOut({ direction: 'to-server', pattern: ACK, occurrence: 5 }),
    ),
  },
  {
    ...cutting,
    name: 'network: cut before COMMIT',
    injected: 'workers and PostgreSQL: cut before every 8th COMMIT, for 4 s',
    expected: 'the batch is done again',
    prepare: between(
      { app: 'ingest-worker', server: 'postgres' },
      cutOut({ direction: 'to-server', pattern: 'COMMIT', occurrence: 8 }),
    ),
  },
  {
    ...cutting,
    name: 'network: cut behind COMMIT',
    injected:
      'workers and PostgreSQL: cut when every 8th COMMIT has passed, its answer lost, for 4 s',
    expected: 'the batch is done again and has no second effect',
    prepare: between(
      { app: 'ingest-worker', server: 'postgres' },
      cutOut({ direction: 'to-server', pattern: 'COMMIT', occurrence: 8, deliver: true }),
    ),
  },
];

const SERVERS = [
  ['postgres', 'PostgreSQL'],
  ['rabbitmq', 'RabbitMQ'],
  ['redis', 'Redis'],
] as const;
const DELAY_MS = 150;

const rest = SERVERS.flatMap(([server, name]): Outage[] => [
  {
    name: `network: ${name} far away`,
    injected: `all apps and ${name}: every packet takes ${DELAY_MS} ms longer, for 5 s`,
    expected: 'slower, and nothing else',
    breaks: [],
    bite: 'told',
    holdMs: 5_000,
    limitMs: 15_000,
    prepare: between({ server }, (proxy) => {
      let delayed = 0;
      return {
        inject: async () => proxy.delay(DELAY_MS),
        async heal() {
          delayed = proxy.connectionCount();
          proxy.delay(0);
        },
        tell: () => (delayed > 0 ? `${delayed} connections delayed` : undefined),
      };
    }),
  },
  {
    name: `network: ${name} half-open`,
    injected: `all apps and ${name}: the server has lost every connection, the apps are told nothing`,
    expected: 'noticed by heartbeat or time limit',
    breaks: [],
    bite: 'warnings',
    holdMs: 0,
    limitMs: 25_000,
    prepare: between({ server }, (proxy) => ({
      inject: async () => proxy.abandon(),
      heal: NOTHING,
    })),
  },
  {
    name: `network: ${name} silent`,
    injected: `all apps and ${name}: nothing passes for 6 s, and then everything does`,
    expected: 'late answers harm nobody',
    breaks: [],
    bite: server === 'redis' ? 'warnings' : 'standstill',
    holdMs: 6_000,
    limitMs: 20_000,
    prepare: between({ server }, (proxy) => ({
      inject: async () => proxy.pause(),
      heal: async () => proxy.resume(),
    })),
  },
  {
    name: `network: ${name} reset`,
    injected: `all apps and ${name}: every connection is reset each 700 ms for 4 s`,
    expected: 'all connect again',
    breaks: [],
    bite: 'warnings',
    holdMs: 4_000,
    limitMs: 15_000,
    prepare: between({ server }, (proxy) => {
      const cutting = repeat(700, () => proxy.cut());
      return { inject: async () => cutting.start(), heal: () => cutting.stop() };
    }),
  },
]);

export const networkOutages: readonly Outage[] = [...cuts, ...rest];
