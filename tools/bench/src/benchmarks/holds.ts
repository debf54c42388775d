import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createBenchEnvironment } from '../environment/bench-environment';
import { closedLoop } from '../load/closed-loop';
import { insertStock } from '../load/insert-stock';
import { scaled } from '../load/scaled';
import { assertProof } from '../measure/assert-proof';
import { median } from '../measure/median';
import type { Figure } from '../report/figure';
import { createLedgerReserver } from '../reservers/ledger-reserver';

const CALLERS = 256;
const ROUNDS = 3;
const ITEMS = 10_000;
const LINES = 3;
const OPEN = [50_000, 500_000];

/** Whether orders are reserved as fast when very many others hold stock already. */
export async function holds(): Promise<Figure[]> {
  const without = await open(0);
  const loaded = await Promise.all(OPEN.map((count) => open(scaled(count))));
  try {
    const runs = new Map([without, ...loaded].map((shop) => [shop, [] as number[]]));
    // In turns, so that the machine's mood falls on all of them.
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [shop, rates] of runs) rates.push(await shop.reservedPerSecond());
    }
    for (const shop of runs.keys()) await assertProof(shop.pool);
    const baselineRuns = runs.get(without) ?? [];
    return loaded.map((shop, index) => {
      const rates = runs.get(shop) ?? [];
      const [value, least] = [median(rates), median(baselineRuns)];
      const unit = 'orders/s';
      return {
        benchmark: 'holds',
        what: `ledger in process, ${scaled(OPEN[index] ?? 0)} open reservations`,
        value,
        unit,
        baseline: { what: 'none open', value: least, unit },
        ratio: value / least,
        must: { atLeast: 0.9 },
        aim: { atLeast: 0.95 },
        runs: rates,
        baselineRuns,
      };
    });
  } finally {
    await Promise.all([without, ...loaded].map((shop) => shop.close()));
  }
}

async function open(count: number) {
  const environment = await createBenchEnvironment();
  const { pool } = environment;
  const productIds = await insertStock(pool, { count: ITEMS, quantity: 1_000_000 });
  if (count > 0) await insertHolds(pool, count);
  await pool.query('VACUUM ANALYZE');
  return {
    pool,
    close: () => environment.close(),
    async reservedPerSecond(): Promise<number> {
      const reserver = createLedgerReserver(environment.databaseUrl);
      const ask = () => {
        const wanted = new Set<string>();
        while (wanted.size < LINES) {
          wanted.add(productIds[Math.floor(Math.random() * productIds.length)] ?? '');
        }
        return reserver.reserve([...wanted]);
      };
      try {
        await pool.query('CHECKPOINT');
        const loop = await closedLoop({ callers: CALLERS, durationMs: scaled(8_000), ask });
        if (loop.answers.get('reserved') === undefined || loop.answers.size > 1) {
          throw new Error(`not all were reserved: ${JSON.stringify([...loop.answers])}`);
        }
        return loop.perSecond;
      } finally {
        await reserver.close();
      }
    },
  };
}

/** Spread over the items, each of an order of its own. */
async function insertHolds(pool: Pool, count: number): Promise<void> {
  await pool.query(
    `INSERT INTO reservations
       (id, order_id, item_id, quantity, status, expires_at, correlation_id)
     SELECT gen_random_uuid(), gen_random_uuid(), item.id, 1, 'PENDING',
       now() + interval '1 hour' + n * interval '1 millisecond', $2
     FROM generate_series(1, $1::int) AS n
     JOIN (SELECT id, row_number() OVER () - 1 AS at FROM stock_items) AS item
       ON item.at = n % ${ITEMS}`,
    [count, randomUUID()],
  );
  await pool.query(
    `UPDATE stock_items i SET reserved = held.total
     FROM (SELECT item_id, sum(quantity)::int AS total FROM reservations GROUP BY item_id) AS held
     WHERE held.item_id = i.id`,
  );
}
