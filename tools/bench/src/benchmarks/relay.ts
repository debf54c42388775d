import { topology } from '@inventory-events/contracts';
import { startApp } from '@inventory-events/testing';
import { Client } from 'pg';
import { appEnvironment } from '../environment/app-environment';
import { type BenchEnvironment, createBenchEnvironment } from '../environment/bench-environment';
import { type Broker, connectBroker } from '../environment/broker';
import { declareEventsQueue } from '../environment/declare-events-queue';
import { startChild } from '../environment/start-child';
import { insertBacklog } from '../load/insert-backlog';
import { scaled } from '../load/scaled';
import { arrivalRate } from '../measure/arrival-rate';
import { median } from '../measure/median';
import { residentMb } from '../measure/resident-mb';
import type { Figure } from '../report/figure';

const ROUNDS = 3;
const OUTSTANDING = 1_000;

interface Bench {
  environment: BenchEnvironment;
  broker: Broker;
  queue: string;
  count: number;
  close(): Promise<void>;
}

type Runs = Record<'raw' | 'plain' | 'held' | 'memory', number[]>;

/** One relay on a backlog: plain, and with everything that slows an outbox table down. */
export async function relay(): Promise<Figure[]> {
  const runs: Runs = { raw: [], plain: [], held: [], memory: [] };
  const plain = await openBench();
  const held = await openBench();
  try {
    const release = await holdDeadRows(held, scaled(500_000));
    // In turns, so that whatever else the machine does falls on all sides alike.
    for (let round = 0; round < ROUNDS; round += 1) {
      runs.raw.push(await rawRate(plain));
      runs.plain.push(await relayRate(plain, runs.memory));
      runs.held.push(await relayRate(held, runs.memory));
    }
    await release();
  } finally {
    await plain.close();
    await held.close();
  }
  return figures(runs);
}

async function openBench(): Promise<Bench> {
  const environment = await createBenchEnvironment();
  const broker = await connectBroker(environment.amqpUrl);
  const queue = await declareEventsQueue(broker);
  return {
    environment,
    broker,
    queue,
    count: scaled(100_000),
    async close() {
      await broker.close();
      await environment.close();
    },
  };
}

async function rawRate({ environment, broker, queue, count }: Bench): Promise<number> {
  await broker.channel.purgeQueue(queue);
  const publisher = startChild('raw-publisher', {
    amqpUrl: environment.amqpUrl,
    exchange: topology.exchanges.events,
    count,
    outstanding: OUTSTANDING,
  });
  const rate = await arrivalRate(broker, queue, count);
  await publisher.exited;
  return rate;
}

async function relayRate(
  { environment, broker, queue, count }: Bench,
  memory: number[],
): Promise<number> {
  await broker.channel.purgeQueue(queue);
  await insertBacklog(environment.pool, count);
  await environment.pool.query('CHECKPOINT');
  const app = await startApp({
    app: 'outbox-relay',
    env: appEnvironment(environment),
    until: 'live',
  });
  try {
    const rate = await arrivalRate(broker, queue, count);
    memory.push(residentMb(app.pid).now);
    return rate;
  } finally {
    await app.stop();
    await broker.channel.purgeQueue(queue);
  }
}

/**
 * A transaction that began before everything else keeps 500 000 deleted rows from being cleaned
 * up, and its own writes keep the oldest transaction id where it is.
 */
async function holdDeadRows(
  { environment }: Bench,
  deadRows: number,
): Promise<() => Promise<void>> {
  const holder = new Client({ connectionString: environment.databaseUrl });
  await holder.connect();
  await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await holder.query('SELECT pg_current_xact_id(), count(*) FROM outbox_messages');
  await insertBacklog(environment.pool, deadRows);
  await environment.pool.query('DELETE FROM outbox_messages');
  return async () => {
    await holder.query('ROLLBACK');
    await holder.end();
  };
}

function figures(runs: Runs): Figure[] {
  const [raw, plain, held] = [median(runs.raw), median(runs.plain), median(runs.held)];
  const events = { unit: 'events/s' };
  return [
    {
      benchmark: 'relay',
      what: `backlog of ${scaled(100_000)}`,
      value: plain,
      ...events,
      baseline: { what: 'raw publish', value: raw, ...events },
      ratio: plain / raw,
      must: { atLeast: 0.8 },
      aim: { atLeast: 0.95 },
      runs: runs.plain,
      baselineRuns: runs.raw,
    },
    {
      benchmark: 'relay-held',
      what: `the same, held transaction and ${scaled(500_000)} dead rows`,
      value: held,
      ...events,
      baseline: { what: 'relay', value: plain, ...events },
      ratio: held / plain,
      must: { atLeast: 0.9 },
      aim: { atLeast: 0.95 },
      runs: runs.held,
      baselineRuns: runs.plain,
    },
    {
      benchmark: 'memory',
      what: 'outbox-relay after the backlog',
      value: Math.max(...runs.memory),
      unit: 'MB',
      must: { below: 200 },
      aim: { below: 130 },
      runs: runs.memory,
    },
  ];
}
