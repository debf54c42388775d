import { randomUUID } from 'node:crypto';
import { freePort } from '@inventory-events/testing';
import type { ApiClient } from '../clients/api-client';
import { createGrpcClient } from '../clients/grpc-client';
import { createHttpClient } from '../clients/http-client';
import { createBenchEnvironment } from '../environment/bench-environment';
import { type InventoryApi, startInventoryApi } from '../environment/start-inventory-api';
import { startChild } from '../environment/start-child';
import { type ClosedLoop, closedLoop } from '../load/closed-loop';
import { insertStock } from '../load/insert-stock';
import { scaled } from '../load/scaled';
import { assertProof } from '../measure/assert-proof';
import { median } from '../measure/median';
import { residentMb } from '../measure/resident-mb';
import type { Figure } from '../report/figure';

const CALLERS = 64;
const ROUNDS = 3;
const ITEMS = 10_000;
const QUANTITY = 1_000_000;

interface Transport {
  name: 'REST' | 'gRPC';
  success: string;
  baseline: string;
  toBody(productId: string): object;
  clientOf(app: InventoryApi): ApiClient;
  startBaseline(): Promise<{ client: ApiClient; stop(): Promise<void> }>;
}

const TRANSPORTS: readonly Transport[] = [
  {
    name: 'REST',
    success: '201',
    baseline: 'Express only answering',
    toBody: (productId) => ({ orderId: randomUUID(), items: [{ productId, quantity: 1 }] }),
    clientOf: ({ url }) =>
      createHttpClient({ url: `${url}/api/v1/reservations`, callers: CALLERS }),
    startBaseline: () =>
      startAnswering('answering-express', (port) =>
        createHttpClient({ url: `http://127.0.0.1:${port}/reserved`, callers: CALLERS }),
      ),
  },
  {
    name: 'gRPC',
    success: 'OK',
    baseline: 'grpc-js only answering',
    toBody: (productId) => ({
      orderId: randomUUID(),
      lines: [{ item: { productId }, quantity: 1 }],
    }),
    clientOf: ({ grpcAddress }) =>
      createGrpcClient({ address: grpcAddress, method: 'reserveStock' }),
    startBaseline: () =>
      startAnswering('answering-grpc', (port) =>
        createGrpcClient({ address: `127.0.0.1:${port}`, method: 'reserveStock' }),
      ),
  },
];

/** Reservations a second through the built app, against servers that do nothing but answer. */
export async function reserveHttp(): Promise<Figure[]> {
  const environment = await createBenchEnvironment();
  const productIds = await insertStock(environment.pool, { count: ITEMS, quantity: QUANTITY });
  const app = await startInventoryApi(environment);
  try {
    const figures: Figure[] = [];
    for (const transport of TRANSPORTS) {
      figures.push(...(await compare(transport, app, productIds)));
    }
    await assertProof(environment.pool);
    const value = residentMb(app.pid).now;
    const limits = { must: { below: 200 }, aim: { below: 130 } };
    const what = 'inventory-api after the load';
    return [...figures, { benchmark: 'memory', what, value, unit: 'MB', ...limits }];
  } finally {
    await app.stop();
    await environment.close();
  }
}

async function compare(
  transport: Transport,
  app: InventoryApi,
  productIds: readonly string[],
): Promise<Figure[]> {
  const hot = productIds[0] ?? '';
  const spread = () => productIds[Math.floor(Math.random() * productIds.length)] ?? '';
  const client = transport.clientOf(app);
  const runs: Record<'hot' | 'spread', ClosedLoop[]> = { hot: [], spread: [] };
  const baselineRuns: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const answering = await transport.startBaseline();
    const least = await load(transport, answering.client, () => hot);
    baselineRuns.push(least.perSecond);
    await answering.stop();
    runs.hot.push(await load(transport, client, () => hot));
    runs.spread.push(await load(transport, client, spread));
  }
  client.close();
  return [
    ...figuresOf(transport, 'one SKU', runs.hot, baselineRuns),
    ...figuresOf(transport, '10 000 SKUs', runs.spread, baselineRuns),
  ];
}

async function load(
  { success, toBody, name }: Transport,
  client: ApiClient,
  pick: () => string,
): Promise<ClosedLoop> {
  const loop = await closedLoop({
    callers: CALLERS,
    durationMs: scaled(10_000),
    ask: () => client.ask(toBody(pick())),
  });
  const kinds = [...loop.answers.keys()];
  if (kinds.join() !== success) throw new Error(`${name} answered ${kinds.join()}`);
  return loop;
}

function figuresOf(
  { name, baseline }: Transport,
  what: string,
  loops: readonly ClosedLoop[],
  baselineRuns: readonly number[],
): Figure[] {
  const rates = loops.map((loop) => loop.perSecond);
  const [value, least] = [median(rates), median(baselineRuns)];
  const unit = 'orders/s';
  const times = [0.5, 0.95, 0.99].map((q): Figure => {
    const ms = median(loops.map((loop) => loop.quantileMs(q)));
    const aim = q === 0.95 ? { aim: { below: 20 } } : {};
    const title = `${name}, ${what}, p${q * 100}`;
    return { benchmark: 'reserve-http', what: title, value: ms, unit: 'ms', ...aim };
  });
  return [
    {
      benchmark: 'reserve-http',
      what: `${name}, ${what}, ${CALLERS} callers`,
      value,
      unit,
      baseline: { what: baseline, value: least, unit },
      ratio: value / least,
      must: { atLeast: 0.3 },
      aim: { atLeast: 0.5 },
      runs: rates,
      baselineRuns,
    },
    ...times,
  ];
}

async function startAnswering(name: string, clientOf: (port: number) => ApiClient) {
  const port = await freePort();
  const child = startChild(name, { port });
  await child.ready;
  const client = clientOf(port);
  return {
    client,
    async stop() {
      client.close();
      await child.kill();
    },
  };
}
