import { createPool } from '@inventory-events/data-access';
import type { ScheduledJob } from '@inventory-events/jobs';
import { createRedis, type RedisConnection } from '@inventory-events/jobs/redis';
import { createStockLedger, type StockLedger } from '@inventory-events/stock-ledger';
import {
  createTestDatabase,
  type PrivateServers,
  startPrivateServers,
  type TestDatabase,
  waitUntil,
} from '@inventory-events/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createReservationSweepJob } from './create-reservation-sweep-job';

const INTERVAL_MS = 200;
const KEY_PREFIX = 'upkeep:';
const logger = pino({ level: 'silent' });

let servers: PrivateServers;
let database: TestDatabase;
let pool: ReturnType<typeof createPool>;
let ledger: StockLedger;
let redis: RedisConnection;
let replicas: { job: ScheduledJob; registry: Registry }[];

beforeAll(async () => {
  servers = await startPrivateServers(['redis']);
  redis = createRedis({ url: redisUrl(), name: 'sweep job spec', logger });
  await redis.start();
}, 60_000);

afterAll(async () => {
  await redis.close();
  await servers.close();
});

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool({
    connectionString: database.url,
    applicationName: 'sweep job spec',
    max: 8,
    pipeline: true,
  });
  ledger = createStockLedger({
    pool,
    defaults: { defaultLowStockThreshold: 2, defaultHysteresis: 0 },
  });
  replicas = Array.from({ length: 2 }, () => {
    const registry = new Registry();
    const settings = { url: redisUrl(), keyPrefix: KEY_PREFIX };
    const deps = { pool, ledger, redis: settings, intervalMs: INTERVAL_MS, logger, registry };
    return { job: createReservationSweepJob(deps), registry };
  });
  for (const { job } of replicas) await job.start();
});

afterEach(async () => {
  for (const { job } of replicas) {
    await job.stopIntake();
    await job.drain(AbortSignal.timeout(5_000));
    await job.close();
  }
  await pool.end();
  await database.drop();
});

function redisUrl(): string {
  return servers.env.REDIS_URL ?? '';
}

/** One unit of an item, held by an order whose time has passed. */
async function insertOverdueHold(): Promise<void> {
  await pool.query(
    `WITH item AS (
       INSERT INTO stock_items (id, product_id, on_hand, reserved, status, baselined)
       VALUES (gen_random_uuid(), gen_random_uuid(), 9, 1, 'IN_STOCK', true) RETURNING id)
     INSERT INTO reservations (id, order_id, item_id, quantity, status, expires_at, correlation_id)
     SELECT gen_random_uuid(), gen_random_uuid(), id, 1, 'PENDING', now() - interval '3 s', 'c'
     FROM item`,
  );
}

async function counts() {
  const { rows } = await pool.query(
    `SELECT count(*) FILTER (WHERE status = 'EXPIRED')::int AS expired,
       count(*)::int AS all,
       (SELECT count(*)::int FROM inventory_events
        WHERE data->>'reasonForRelease' = 'RESERVATION_EXPIRED') AS events
     FROM reservations`,
  );
  return rows[0];
}

async function expectReleased(holds: number): Promise<void> {
  await waitUntil(async () => (await counts()).expired === holds, {
    message: `${holds} expired holds`,
  });
  expect(await counts()).toEqual({ expired: holds, all: holds, events: holds });
}

async function metric(name: string, labels = ''): Promise<number> {
  let sum = 0;
  for (const { registry } of replicas) {
    const text = await registry.metrics();
    const line = text.split('\n').find((row) => row.startsWith(`${name}${labels} `));
    sum += Number(line?.split(' ').at(-1) ?? 0);
  }
  return sum;
}

/** Waits for sweeps that began afterwards. */
async function sweepsGoOn(): Promise<void> {
  const done = () => metric('inventory_reservation_sweeps_total', '{outcome="done"}');
  const before = await done();
  await waitUntil(async () => (await done()) >= before + 3, { message: 'more sweeps' });
}

describe('createReservationSweepJob', () => {
  it('ends holds once whose time has passed, and counts them', async () => {
    await insertOverdueHold();
    await expectReleased(1);
    await sweepsGoOn();
    expect(await metric('inventory_reservation_sweep_released_total')).toBe(1);
    expect(await metric('inventory_reservation_sweep_failures_total')).toBe(0);
    expect(await metric('inventory_reservation_sweep_duration_seconds_count')).toBeGreaterThan(3);
    expect(await metric('inventory_reservation_oldest_overdue_seconds')).toBe(0);
  });

  it('tells the age of what is overdue from every replica, whoever sweeps', async () => {
    for (const { job } of replicas) await job.stopIntake();
    await insertOverdueHold();
    const ages = await metric('inventory_reservation_oldest_overdue_seconds');
    expect(ages).toBeGreaterThanOrEqual(2 * 3);
    expect(ages).toBeLessThan(2 * 13);
  });

  it('sweeps once per period among the replicas while Redis is there', async () => {
    await sweepsGoOn();
    const startedAt = performance.now();
    for (let round = 0; round < 3; round += 1) await sweepsGoOn();
    // Nine sweeps of two replicas that both ran would take half of that.
    expect(performance.now() - startedAt).toBeGreaterThan(6 * INTERVAL_MS);
  });

  it('goes on after FLUSHALL', async () => {
    await sweepsGoOn();
    await waitUntil(() => redis.isConnected());
    await redis.client.flushall();
    await insertOverdueHold();
    await expectReleased(1);
    await sweepsGoOn();
    // And it is Redis again that says when.
    await waitUntil(async () => (await redis.client.keys(`${KEY_PREFIX}*`)).length > 0);
  });

  it('goes on while Redis is away, and when it is back', async () => {
    await sweepsGoOn();
    await servers.server('redis').kill();
    await insertOverdueHold();
    await expectReleased(1);
    await sweepsGoOn();
    await servers.server('redis').start();
    await insertOverdueHold();
    await expectReleased(2);
    await sweepsGoOn();
  });

  it('goes on while Redis takes connections and answers nothing', async () => {
    await sweepsGoOn();
    await servers.server('redis').pause();
    try {
      await insertOverdueHold();
      await expectReleased(1);
      await sweepsGoOn();
    } finally {
      await servers.server('redis').resume();
    }
  });
});
