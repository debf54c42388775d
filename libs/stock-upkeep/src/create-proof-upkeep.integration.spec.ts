import { createPool } from '@inventory-events/data-access';
import { createStockLedger, type StockLedger } from '@inventory-events/stock-ledger';
import {
  createRedisPrefix,
  createTestDatabase,
  type RedisPrefix,
  type TestDatabase,
  waitUntil,
} from '@inventory-events/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createProofUpkeep, type ProofUpkeep } from './create-proof-upkeep';

const INTERVAL_MS = 150;
const logger = pino({ level: 'silent' });

interface Replica {
  upkeep: ProofUpkeep;
  registry: Registry;
}

let database: TestDatabase;
let redis: RedisPrefix;
let pool: ReturnType<typeof createPool>;
let ledger: StockLedger;
let replicas: Replica[];

beforeEach(async () => {
  database = await createTestDatabase();
  redis = createRedisPrefix();
  pool = createPool({
    connectionString: database.url,
    applicationName: 'proof upkeep spec',
    max: 8,
    pipeline: true,
  });
  ledger = createStockLedger({
    pool,
    defaults: { defaultLowStockThreshold: 2, defaultHysteresis: 0 },
  });
  replicas = [];
});

afterEach(async () => {
  for (const { upkeep } of replicas) {
    await upkeep.job.stopIntake();
    await upkeep.job.drain(AbortSignal.timeout(5_000));
    await upkeep.job.close();
  }
  await pool.end();
  await redis.removeKeys();
  await database.drop();
});

async function startReplicas(redisUrl = redis.url): Promise<[Replica, Replica]> {
  replicas = Array.from({ length: 2 }, () => {
    const registry = new Registry();
    const upkeep = createProofUpkeep({
      pool,
      ledger,
      redis: { url: redisUrl, keyPrefix: redis.prefix },
      intervalMs: INTERVAL_MS,
      fullIntervalMs: 3_600_000,
      logger,
      registry,
    });
    return { upkeep, registry };
  });
  for (const { upkeep } of replicas) await upkeep.job.start();
  return replicas as [Replica, Replica];
}

async function metric({ registry }: Replica, name: string): Promise<number> {
  const text = await registry.metrics();
  const line = text.split('\n').find((row) => row.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}

/** An item of five, received as four. */
async function insertDriftedItem(): Promise<void> {
  await pool.query(
    `WITH item AS (
       INSERT INTO stock_items (id, product_id, on_hand, baselined)
       VALUES (gen_random_uuid(), gen_random_uuid(), 5, true) RETURNING id)
     INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, reason)
     SELECT (substr(uuid_v7_floor(now())::text, 1, 24) || '000000000001')::uuid, id,
       'ADJUSTMENT', 4, 4, 'baseline' FROM item`,
  );
}

async function driftEventCount(): Promise<number> {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS count FROM outbox_messages
     WHERE routing_key = 'inventory.proof.drift_detected'`,
  );
  return rows[0].count;
}

describe.each([
  ['Redis', undefined],
  ['timers of its own, while Redis is away', 'redis://127.0.0.1:1'],
])('createProofUpkeep, woken by %s', (_name, redisUrl) => {
  it('proves by schedule, and gives every replica the same answer', async () => {
    const [one, two] = await startReplicas(redisUrl);
    expect(await metric(one, 'inventory_proof_last_success_age_seconds')).toBeGreaterThan(0);
    const latest = await waitUntil(() => one.upkeep.proof.latest());
    expect(latest).toMatchObject({ driftedItems: 0 });

    await insertDriftedItem();
    for (const replica of [one, two]) {
      await waitUntil(async () => (await metric(replica, 'inventory_proof_drift_items')) === 1);
      expect(await metric(replica, 'inventory_proof_checked_items')).toBe(1);
      expect(await metric(replica, 'inventory_proof_last_success_age_seconds')).toBeLessThan(5);
    }
    expect(await two.upkeep.proof.latest()).toMatchObject({
      driftedItems: 1,
      drifted: [{ onHand: 5, movementTotal: 4 }],
    });
    const { startedAt } = (await one.upkeep.proof.latest()) ?? {};
    await waitUntil(async () => (await one.upkeep.proof.latest())?.startedAt !== startedAt);
    expect(await driftEventCount()).toBe(1);
  });
});

describe('createProofUpkeep', () => {
  it('proves on demand beside its schedule', async () => {
    const [one] = await startReplicas();
    await insertDriftedItem();
    const result = await one.upkeep.proof.run({ full: true });
    expect(result).toMatchObject({ isFull: true, driftedItems: 1 });
    expect(await driftEventCount()).toBe(1);
  });

  it('counts runs that fail, and keeps the figures of before', async () => {
    await insertDriftedItem();
    const [one] = await startReplicas('redis://127.0.0.1:1');
    await waitUntil(async () => (await metric(one, 'inventory_proof_drift_items')) === 1);
    await pool.query('ALTER TABLE proof_state RENAME TO hidden');
    const failed = 'inventory_proof_runs_total{outcome="failed"}';
    await waitUntil(async () => (await metric(one, failed)) > 0);
    expect(await metric(one, 'inventory_proof_drift_items')).toBe(1);
    await pool.query('ALTER TABLE hidden RENAME TO proof_state');
    await waitUntil(
      async () => (await metric(one, 'inventory_proof_last_success_age_seconds')) < 0.5,
    );
  });
});
