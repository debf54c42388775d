import { topology } from '@inventory-events/contracts';
import { startApp } from '@inventory-events/testing';
import { appEnvironment } from '../environment/app-environment';
import { type BenchEnvironment, createBenchEnvironment } from '../environment/bench-environment';
import { startChild } from '../environment/start-child';
import { fillQueue } from '../load/fill-queue';
import type { Skew } from '../load/item-picker';
import { scaled } from '../load/scaled';
import { updateBodies } from '../load/update-bodies';
import { median } from '../measure/median';
import { processedRate } from '../measure/processed-rate';
import { residentMb } from '../measure/resident-mb';
import type { Figure } from '../report/figure';

const ROUNDS = 3;
const ITEMS = 2_000;
const BATCH = 500;
const PREFETCH = 1_000;
const SKEWS: readonly Skew[] = ['uniform', 'zipf'];

interface Runs {
  worker: Record<Skew, number[]>;
  inboxOnly: number[];
  naive: number[];
  memory: number[];
}

/** Updates a second through the built worker, every effect of each committed. */
export async function ingest(): Promise<Figure[]> {
  const runs: Runs = { worker: { uniform: [], zipf: [] }, inboxOnly: [], naive: [], memory: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.inboxOnly.push(await childRate('inbox-only-consumer', scaled(100_000), PREFETCH));
    for (const skew of SKEWS) runs.worker[skew].push(await workerRate(skew, runs.memory));
    runs.naive.push(await childRate('naive-consumer', scaled(4_000), 50));
  }
  return figures(runs);
}

async function workerRate(skew: Skew, memory: number[]): Promise<number> {
  const count = scaled(60_000);
  return withFilledQueue({ count, skew }, async (environment) => {
    const env = { ...appEnvironment(environment), INGEST_PARTITIONS: '0' };
    const app = await startApp({ app: 'ingest-worker', env, until: 'live' });
    try {
      const rate = await processedRate(environment.pool, count);
      memory.push(residentMb(app.pid).now);
      return rate;
    } finally {
      await app.stop();
    }
  });
}

async function childRate(name: string, count: number, prefetch: number): Promise<number> {
  return withFilledQueue({ count, skew: 'uniform' }, async (environment) => {
    const { amqpUrl, databaseUrl } = environment;
    const queue = topology.queues.updates;
    const options = { amqpUrl, databaseUrl, queue, prefetch, batchSize: BATCH };
    const child = startChild(name, options);
    try {
      return await processedRate(environment.pool, count);
    } finally {
      await child.kill();
    }
  });
}

/** The queue is declared by the worker itself, so that all consumers read the very same kind. */
async function withFilledQueue<T>(
  load: { count: number; skew: Skew },
  work: (environment: BenchEnvironment) => Promise<T>,
): Promise<T> {
  const environment = await createBenchEnvironment();
  try {
    const env = { ...appEnvironment(environment), INGEST_PARTITIONS: '0' };
    const declaring = await startApp({ app: 'ingest-worker', env });
    await declaring.stop();
    const bodies = updateBodies({ ...load, items: ITEMS });
    await fillQueue(environment.amqpUrl, topology.queues.updates, bodies);
    await environment.pool.query('CHECKPOINT');
    return await work(environment);
  } finally {
    await environment.close();
  }
}

function figures({ worker, inboxOnly, naive, memory }: Runs): Figure[] {
  const unit = 'updates/s';
  const perSkew = SKEWS.map((skew): Figure => {
    const value = median(worker[skew]);
    const least = median(inboxOnly);
    return {
      benchmark: 'ingest',
      what: `built worker, ${skew}`,
      value,
      unit,
      baseline: { what: 'inbox row only', value: least, unit },
      ratio: value / least,
      must: { atLeast: 0.12 },
      aim: { atLeast: 0.2 },
      runs: worker[skew],
      baselineRuns: inboxOnly,
    };
  });
  const value = median(worker.uniform);
  return [
    ...perSkew,
    {
      benchmark: 'ingest-naive',
      what: 'built worker, uniform',
      value,
      unit,
      baseline: { what: 'Prisma per message', value: median(naive), unit },
      ratio: value / median(naive),
      must: { atLeast: 10 },
      aim: { atLeast: 20 },
      runs: worker.uniform,
      baselineRuns: naive,
    },
    {
      benchmark: 'memory',
      what: 'ingest-worker after the load',
      value: Math.max(...memory),
      unit: 'MB',
      must: { below: 200 },
      aim: { below: 130 },
      runs: memory,
    },
  ];
}
