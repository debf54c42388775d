import { randomUUID } from 'node:crypto';
import { createHttpClient } from '../clients/http-client';
import { createBenchEnvironment } from '../environment/bench-environment';
import { startInventoryApi } from '../environment/start-inventory-api';
import { insertStock } from '../load/insert-stock';
import { createItemPicker } from '../load/item-picker';
import { paced } from '../load/paced';
import { scaled } from '../load/scaled';
import { assertProof } from '../measure/assert-proof';
import { quantile } from '../measure/quantile';
import type { Figure } from '../report/figure';

const PER_SECOND = 1_000;
const SECONDS = 60;
const WARM_UP = 2_000;
const ITEMS = 2_000;

/**
 * Reservations offered at a fixed rate, whether or not the earlier ones were answered: the time of
 * each counts from when it was due, so a stall is seen by all that it delays.
 */
export async function reserveOpen(): Promise<Figure[]> {
  const environment = await createBenchEnvironment();
  const productIds = await insertStock(environment.pool, { count: ITEMS, quantity: 1_000_000 });
  const app = await startInventoryApi(environment);
  const client = createHttpClient({ url: `${app.url}/api/v1/reservations`, callers: 1_000 });
  try {
    const pick = createItemPicker(ITEMS, 'zipf', Math.random);
    const count = WARM_UP + scaled(PER_SECOND * SECONDS);
    const times: number[] = [];
    const failures: string[] = [];
    const answers: Promise<void>[] = [];
    const startedAt = performance.now();
    await paced(Array.from({ length: count }), PER_SECOND, (_, index) => {
      const dueAt = startedAt + (index * 1_000) / PER_SECOND;
      const items = [{ productId: productIds[pick()], quantity: 1 }];
      const answered = client.ask({ orderId: randomUUID(), items }).then((status) => {
        if (status !== '201') failures.push(status);
        if (index >= WARM_UP) times.push(performance.now() - dueAt);
      });
      answers.push(answered);
    });
    await Promise.all(answers);
    await assertProof(environment.pool);
    return figures(times, failures.length);
  } finally {
    client.close();
    await app.stop();
    await environment.close();
  }
}

function figures(times: number[], failures: number): Figure[] {
  const what = 'REST reservations, 1 000/s offered';
  const benchmark = 'reserve-open';
  const timeOf = (q: number) => ({
    benchmark,
    what: `${what}, p${q * 100}`,
    value: quantile(times, q),
    unit: 'ms',
  });
  return [
    timeOf(0.5),
    { ...timeOf(0.95), must: { below: 50 }, aim: { below: 10 } },
    timeOf(0.99),
    { benchmark, what: `${what}, errors`, value: failures, unit: '', must: { below: 1 } },
  ];
}
