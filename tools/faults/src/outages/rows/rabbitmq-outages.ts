import { topology } from '@inventory-events/contracts';
import { waitUntil } from '@inventory-events/testing';
import type { Disturbance, Outage, Stage } from '../outage';
import { lockTables } from '../stage/lock-tables';
import { watchUnrouted } from '../stage/watch-unrouted';

const breaks = ['rabbitmq'] as const;
const NOTHING = () => Promise.resolve();

const killed: Outage = {
  name: 'RabbitMQ: killed',
  injected: 'SIGKILL, and started again after 2 s',
  expected: 'unready meanwhile; what it had not confirmed is published again',
  breaks,
  bite: 'unready',
  holdMs: 2_000,
  limitMs: 20_000,
  prepare: (stage) => ({
    inject: () => stage.server('rabbitmq').kill(),
    heal: () => stage.server('rabbitmq').start(),
  }),
};

const stopped: Outage = {
  name: 'RabbitMQ: stop_app',
  injected: 'rabbitmqctl stop_app, and start_app after 3 s',
  expected: 'unready meanwhile; all connect again',
  breaks,
  bite: 'unready',
  holdMs: 3_000,
  limitMs: 20_000,
  prepare: (stage) => ({
    inject: () => control(stage, 'stop_app'),
    heal: () => control(stage, 'start_app'),
  }),
};

const memoryAlarm: Outage = {
  name: 'RabbitMQ: memory alarm',
  injected: 'set_vm_memory_high_watermark absolute 1MB for 5 s: publishers are blocked',
  expected: 'the relays wait; nothing piles up in their memory or counts as an attempt',
  breaks,
  bite: 'standstill',
  holdMs: 5_000,
  limitMs: 15_000,
  prepare: (stage) => ({
    inject: () => control(stage, 'set_vm_memory_high_watermark', 'absolute', '1MB'),
    heal: () => control(stage, 'set_vm_memory_high_watermark', '0.4'),
  }),
};

const diskAlarm: Outage = {
  name: 'RabbitMQ: disk alarm',
  injected: 'set_disk_free_limit above what is free for 5 s: publishers are blocked',
  expected: 'as with the memory alarm',
  breaks,
  bite: 'standstill',
  holdMs: 5_000,
  limitMs: 15_000,
  prepare: (stage) => ({
    inject: () => control(stage, 'set_disk_free_limit', '1000000GB'),
    heal: () => control(stage, 'set_disk_free_limit', '100MB'),
  }),
};

const connectionsClosed: Outage = {
  name: 'RabbitMQ: connections closed',
  injected: 'close_all_connections of the virtual host',
  expected: 'all connect again; what was not acknowledged is delivered again and has one effect',
  breaks,
  bite: 'warnings',
  holdMs: 0,
  limitMs: 15_000,
  prepare: (stage) => ({
    inject: () => control(stage, 'close_all_connections', '--vhost', vhostOf(stage), 'an outage'),
    heal: NOTHING,
  }),
};

const exchangeDeleted: Outage = {
  name: 'RabbitMQ: exchange deleted',
  injected: 'inventory.events is deleted; its consumer binds again after 3 s',
  expected: 'the relays declare it again; what nobody is bound for lies in the unrouted queue',
  breaks: [],
  bite: 'told',
  holdMs: 3_000,
  limitMs: 15_000,
  prepare: (stage) =>
    unrouted(stage, ({ broker }) =>
      broker.use(async (channel) => void (await channel.deleteExchange(topology.exchanges.events))),
    ),
};

const queueUnbound: Outage = {
  name: 'RabbitMQ: queue unbound',
  injected: 'the only queue of inventory.events is unbound for 3 s',
  expected: 'what nobody is bound for lies in the unrouted queue',
  breaks: [],
  bite: 'told',
  holdMs: 3_000,
  limitMs: 15_000,
  prepare: (stage) => unrouted(stage, (_, { unbind }) => unbind()),
};

const ACK_TIMEOUT_MS = 1_500;
const USUAL_ACK_TIMEOUT_MS = 1_800_000;
const USUAL_TICK_MS = 60_000;

const consumerTimeout: Outage = {
  name: 'RabbitMQ: consumer timeout',
  injected: `consumer_timeout ${ACK_TIMEOUT_MS} ms, and tables locked for 6 s`,
  expected:
    'the channels of the workers are closed and opened again; late acknowledgements harm not',
  breaks,
  bite: 'told',
  holdMs: 6_000,
  limitMs: 20_000,
  async prepare(stage) {
    const { apps, databaseUrl } = stage.world;
    await setAckTimeout(stage, ACK_TIMEOUT_MS, 500);
    let unlock = NOTHING;
    return {
      inject: async () => void (unlock = await lockTables(databaseUrl)),
      heal: () => unlock(),
      tell() {
        const closed = apps.filter((app) => /PRECONDITION_FAILED/.test(app.logs())).length;
        return closed > 0 ? `${closed} apps lost a channel` : undefined;
      },
      remove: () => setAckTimeout(stage, USUAL_ACK_TIMEOUT_MS, USUAL_TICK_MS),
    };
  },
};

async function control(stage: Stage, ...words: readonly string[]): Promise<void> {
  await stage.server('rabbitmq').control(...words);
}

function vhostOf({ world }: Stage): string {
  return new URL(world.amqpUrl).pathname.slice(1);
}

function setAckTimeout(stage: Stage, timeoutMs: number, tickMs: number): Promise<void> {
  const set = (name: string, value: number) => `application:set_env(rabbit, ${name}, ${value})`;
  const words = [set('consumer_timeout', timeoutMs), set('channel_tick_interval', tickMs)];
  return control(stage, 'eval', `${words.join(', ')}.`);
}

async function unrouted(
  { world }: Stage,
  inject: (
    world: Stage['world'],
    watch: Awaited<ReturnType<typeof watchUnrouted>>,
  ) => Promise<void>,
): Promise<Disturbance> {
  const watch = await watchUnrouted(world);
  let count = 0;
  return {
    inject: () => inject(world, watch),
    async heal() {
      await waitUntil(() => watch.bind().then(() => true)); // a relay declares the exchange first
      count = await watch.count();
    },
    tell: () => (count > 0 ? `${count} events in the unrouted queue` : undefined),
  };
}

export const rabbitmqOutages: readonly Outage[] = [
  killed,
  stopped,
  memoryAlarm,
  diskAlarm,
  connectionsClosed,
  exchangeDeleted,
  queueUnbound,
  consumerTimeout,
];
