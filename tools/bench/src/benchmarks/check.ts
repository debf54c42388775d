import { freePort } from '@inventory-events/testing';
import { createHttpClient } from '../clients/http-client';
import { createBenchEnvironment } from '../environment/bench-environment';
import { startInventoryApi } from '../environment/start-inventory-api';
import { startChild } from '../environment/start-child';
import { type ClosedLoop, closedLoop } from '../load/closed-loop';
import { insertStock } from '../load/insert-stock';
import { scaled } from '../load/scaled';
import { median } from '../measure/median';
import type { Figure } from '../report/figure';

const CALLERS = 64;
const ROUNDS = 3;
const ITEMS = 10_000;
const BULK = 100;
/** Few enough to stay in the cache, and so many that most answers come from the database. */
const POPULAR = 200;

interface Question {
  what: string;
  path: string;
  /** Where Express answers the same to the same. */
  baselinePath: string;
  toBody(pick: (among: number) => string): object;
}

const QUESTIONS: readonly Question[] = [
  {
    what: 'single, popular products',
    path: '/api/v1/availability/check',
    baselinePath: '/available',
    toBody: (pick) => ({ items: [{ productId: pick(POPULAR), quantity: 1 }] }),
  },
  {
    what: 'single, all products',
    path: '/api/v1/availability/check',
    baselinePath: '/available',
    toBody: (pick) => ({ items: [{ productId: pick(ITEMS), quantity: 1 }] }),
  },
  {
    what: `bulk of ${BULK}, popular products`,
    path: '/api/v1/availability/bulk',
    baselinePath: '/hundred-available',
    toBody: (pick) => ({ productIds: Array.from({ length: BULK }, () => pick(POPULAR)) }),
  },
  {
    what: `bulk of ${BULK}, all products`,
    path: '/api/v1/availability/bulk',
    baselinePath: '/hundred-available',
    toBody: (pick) => ({ productIds: Array.from({ length: BULK }, () => pick(ITEMS)) }),
  },
];

/** Availability checks a second, against a server that reads the same body and gives such an answer. */
export async function check(): Promise<Figure[]> {
  const environment = await createBenchEnvironment();
  const productIds = await insertStock(environment.pool, { count: ITEMS, quantity: 1_000 });
  const app = await startInventoryApi(environment);
  const pick = (among: number) => productIds[Math.floor(Math.random() * among)] ?? '';
  try {
    const figures: Figure[] = [];
    for (const question of QUESTIONS) {
      const runs: ClosedLoop[] = [];
      const baselineRuns: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        baselineRuns.push((await answeringOnly(question, pick)).perSecond);
        runs.push(await load(`${app.url}${question.path}`, () => question.toBody(pick)));
      }
      figures.push(...figuresOf(question.what, runs, baselineRuns));
    }
    return figures;
  } finally {
    await app.stop();
    await environment.close();
  }
}

async function answeringOnly(
  { toBody, baselinePath }: Question,
  pick: (among: number) => string,
): Promise<ClosedLoop> {
  const port = await freePort();
  const child = startChild('answering-express', { port });
  await child.ready;
  try {
    return await load(`http://127.0.0.1:${port}${baselinePath}`, () => toBody(pick));
  } finally {
    await child.kill();
  }
}

async function load(url: string, toBody: () => object): Promise<ClosedLoop> {
  const client = createHttpClient({ url, callers: CALLERS });
  try {
    const loop = await closedLoop({
      callers: CALLERS,
      durationMs: scaled(5_000),
      ask: () => client.ask(toBody()),
    });
    const kinds = [...loop.answers.keys()];
    if (kinds.join() !== '200') throw new Error(`${url} answered ${kinds.join()}`);
    return loop;
  } finally {
    client.close();
  }
}

function figuresOf(
  what: string,
  loops: readonly ClosedLoop[],
  baselineRuns: readonly number[],
): Figure[] {
  const rates = loops.map((loop) => loop.perSecond);
  const [value, least] = [median(rates), median(baselineRuns)];
  const unit = 'checks/s';
  return [
    {
      benchmark: 'check',
      what,
      value,
      unit,
      baseline: { what: 'Express only answering', value: least, unit },
      ratio: value / least,
      must: { atLeast: 0.4 },
      aim: { atLeast: 0.6 },
      runs: rates,
      baselineRuns,
    },
    {
      benchmark: 'check',
      what: `${what}, p95`,
      value: median(loops.map((loop) => loop.quantileMs(0.95))),
      unit: 'ms',
    },
  ];
}
