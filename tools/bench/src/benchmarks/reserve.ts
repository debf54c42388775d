import { type BenchEnvironment, createBenchEnvironment } from '../environment/bench-environment';
import { closedLoop } from '../load/closed-loop';
import { insertStock } from '../load/insert-stock';
import { createItemPicker } from '../load/item-picker';
import { scaled } from '../load/scaled';
import { assertProof } from '../measure/assert-proof';
import { median } from '../measure/median';
import type { Figure } from '../report/figure';
import { createLedgerReserver } from '../reservers/ledger-reserver';
import { createLockingReserver } from '../reservers/locking-reserver';
import type { Reserver } from '../reservers/reserver';

const CALLERS = 256;
const ROUNDS = 3;
const MANY = 1_000_000;

interface Shape {
  name: string;
  what: string;
  items: number;
  lines: number;
  must: number;
  aim: number;
}

const SHAPES: readonly Shape[] = [
  { name: 'reserve-hot', what: 'one SKU', items: 1, lines: 1, must: 10, aim: 20 },
  {
    name: 'reserve-spread',
    what: '10 000 SKUs, three lines an order',
    items: 10_000,
    lines: 3,
    must: 4,
    aim: 8,
  },
];

/** Orders a second that are reserved with full durability, against a transaction per request. */
export async function reserve(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shape of SHAPES) figures.push(await compare(shape));
  return figures;
}

async function compare(shape: Shape): Promise<Figure> {
  const environment = await createBenchEnvironment();
  try {
    const productIds = await insertStock(environment.pool, { count: shape.items, quantity: MANY });
    const runs: number[] = [];
    const baselineRuns: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [create, into] of [
        [createLockingReserver, baselineRuns],
        [createLedgerReserver, runs],
      ] as const) {
        into.push(await reservedPerSecond(environment, create, { productIds, ...shape }));
      }
    }
    await assertProof(environment.pool);
    const [value, least] = [median(runs), median(baselineRuns)];
    const unit = 'orders/s';
    return {
      benchmark: shape.name,
      what: `ledger in process, ${shape.what}, ${CALLERS} callers`,
      value,
      unit,
      baseline: { what: 'FOR UPDATE per request', value: least, unit },
      ratio: value / least,
      must: { atLeast: shape.must },
      aim: { atLeast: shape.aim },
      runs,
      baselineRuns,
    };
  } finally {
    await environment.close();
  }
}

async function reservedPerSecond(
  environment: BenchEnvironment,
  create: (databaseUrl: string) => Reserver,
  { productIds, lines }: { productIds: readonly string[]; lines: number },
): Promise<number> {
  const reserver = create(environment.databaseUrl);
  const pick = createItemPicker(productIds.length, 'uniform', Math.random);
  const ask = () => {
    const wanted = new Set<string>();
    while (wanted.size < lines) wanted.add(productIds[pick()] ?? '');
    return reserver.reserve([...wanted]);
  };
  try {
    await environment.pool.query('CHECKPOINT');
    const { perSecond, answers } = await closedLoop({
      callers: CALLERS,
      durationMs: scaled(10_000),
      ask,
    });
    if (answers.size !== 1 || !answers.has('reserved')) {
      throw new Error(`not all were reserved: ${JSON.stringify([...answers])}`);
    }
    return perSecond;
  } finally {
    await reserver.close();
  }
}
