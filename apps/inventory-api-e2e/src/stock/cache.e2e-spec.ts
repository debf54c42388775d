import { randomUUID } from 'node:crypto';
import {
  createTcpProxy,
  type RunningApp,
  serverUrl,
  type TcpProxy,
  waitUntil,
} from '@inventory-events/testing';
import { createStockClient, inventoryOf, type InventoryView } from '../world/create-stock-client';
import { expectProof } from '../world/expect-proof';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
let replica: RunningApp;
const { made, get, put, adjust } = createStockClient(() => world);

/** Long lives: what must be newer is so because it was told, not because time has passed. */
const TTL = { STOCK_CACHE_TTL_MS: '600000' };

async function quantityAt(where: 'app' | 'replica', inventoryId: string, headers = {}) {
  const path = `/api/v1/inventory/${inventoryId}`;
  const answer =
    where === 'app'
      ? await world.call(path, { headers })
      : await world.callReplica(replica, path, { headers });
  return inventoryOf(answer).quantityTotal;
}

async function readsOf(outcome: 'hit' | 'miss' | 'bypassed'): Promise<number> {
  const { text } = await world.call('/metrics', { role: null });
  const lines = text.split('\n').filter((line) => line.startsWith('stock_cache_reads_total'));
  return lines
    .filter((line) => line.includes('cache="item"') && line.includes(`outcome="${outcome}"`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** Changes it as another service does, which tells the cache nothing. */
async function changeBehindTheCache(inventoryId: string, onHand: number): Promise<void> {
  await world.query(
    `WITH moved AS (
       UPDATE stock_items i SET on_hand = $2, version = i.version + 1 FROM stock_items old
       WHERE i.id = $1 AND old.id = i.id RETURNING $2 - old.on_hand AS change)
     INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after)
     SELECT overlay(uuid_v7_floor(now())::text placing
       substr(md5(random()::text), 1, 12) from 25)::uuid, $1, 'ADJUSTMENT', change, $2 FROM moved`,
    [inventoryId, onHand],
  );
}

describe('the stock cache', () => {
  beforeAll(async () => {
    // On a busy machine too, nothing is left untold for lack of time.
    world = await startInventoryWorld({ ...TTL, STOCK_CACHE_TIMEOUT_MS: '10000' });
    replica = await world.startReplica();
  });

  afterAll(async () => {
    await expectProof(world);
    await world.close();
  });

  it('answers reads from Redis, and the latest where that is asked for', async () => {
    const { inventoryId } = await made({ quantity: 20 });
    await quantityAt('app', inventoryId);
    const hits = await readsOf('hit');
    await changeBehindTheCache(inventoryId, 15);
    expect(await quantityAt('app', inventoryId)).toBe(20);
    expect(await quantityAt('replica', inventoryId)).toBe(20);
    expect(await readsOf('hit')).toBe(hits + 1);
    const latest = { 'cache-control': 'no-cache' };
    expect(await quantityAt('app', inventoryId, latest)).toBe(15);
    expect(await quantityAt('replica', inventoryId)).toBe(15);
  });

  it('decides nothing', async () => {
    const { inventoryId } = await made({ quantity: 20 });
    const seen = (await get(inventoryId)).headers['etag'] ?? '';
    await changeBehindTheCache(inventoryId, 2);
    expect((await get(inventoryId)).headers['etag']).toBe(seen);
    const order = { orderId: randomUUID(), items: [{ inventoryId, quantity: 3 }] };
    expect((await world.call('/api/v1/reservations', { body: order })).status).toBe(409);
    expect((await adjust(inventoryId, { quantityChange: -3, reason: 'LOSS' })).status).toBe(409);
    expect((await put(inventoryId, { quantity: 9 }, { 'if-match': seen })).status).toBe(412);
    // Who was refused because the cache was behind is shown what is there when they look again.
    const latest = (await get(inventoryId)).headers['etag'] ?? '';
    expect((await put(inventoryId, { quantity: 9 }, { 'if-match': latest })).status).toBe(200);
  });

  it('shows every replica at once what was changed through any', async () => {
    const item = await made({ quantity: 20 });
    const { inventoryId, productId } = item;
    const sumAt = async (path: string) => {
      const answer = await world.callReplica(replica, `/api/v1/inventory/${path}`);
      return (answer.json as { quantityAvailable: number }).quantityAvailable;
    };
    for (let quantity = 19; quantity > 10; quantity -= 1) {
      expect(await quantityAt('replica', inventoryId)).toBe(quantity + 1);
      await put(inventoryId, { quantity });
      expect(await quantityAt('replica', inventoryId)).toBe(quantity);
      expect(await sumAt(`product/${productId}`)).toBe(quantity);
    }
    const order = { orderId: randomUUID(), items: [{ productId, quantity: 4 }] };
    expect((await world.call('/api/v1/reservations', { body: order })).status).toBe(201);
    expect(await sumAt(`product/${productId}`)).toBe(7);
    const commit = await world.call(`/api/v1/reservations/order/${order.orderId}/commit`, {
      method: 'POST',
      body: {},
    });
    expect(commit.status).toBe(200);
    expect(await quantityAt('replica', inventoryId)).toBe(7);
    const batch = { items: [{ inventoryId, quantity: 5 }] };
    await world.call('/api/v1/inventory/batch', { body: batch });
    expect(await quantityAt('replica', inventoryId)).toBe(5);
  });

  it('never shows an older version to who saw a newer one, whatever is written meanwhile', async () => {
    const { inventoryId, productId } = await made({ quantity: 1_000 });
    let highest = 0;
    let isOver = false;
    const read = async (at: 'app' | 'replica', path: string): Promise<number> => {
      const answer = at === 'app' ? await world.call(path) : await world.callReplica(replica, path);
      const json = answer.json as InventoryView & { items?: InventoryView[] };
      return (json.items?.[0] ?? json).version;
    };
    const reader = async (at: 'app' | 'replica', path: string) => {
      while (!isOver) {
        const floor = highest;
        const version = await read(at, path);
        if (version < floor) throw new Error(`${at} ${path}: ${version} after ${floor}`);
        highest = Math.max(highest, version);
      }
    };
    const writer = async () => {
      for (let change = 0; change < 60; change += 1) {
        const answer = await adjust(inventoryId, { quantityChange: -1, reason: 'LOSS' });
        highest = Math.max(highest, inventoryOf(answer).version);
      }
    };
    const readers = (['app', 'replica'] as const).flatMap((at) =>
      [`/api/v1/inventory/${inventoryId}`, `/api/v1/inventory/product/${productId}`].map((path) =>
        reader(at, path),
      ),
    );
    const writers = Promise.all([writer(), writer()]).finally(() => (isOver = true));
    await Promise.all([writers, ...readers]);
    expect(highest).toBe(121);
    expect(await quantityAt('replica', inventoryId)).toBe(880);
  });
});

describe('while Redis is away', () => {
  const TIMEOUT_MS = 300;
  let proxy: TcpProxy;

  beforeAll(async () => {
    proxy = await createTcpProxy({ target: serverUrl('REDIS_URL') });
    const env = { ...TTL, STOCK_CACHE_TIMEOUT_MS: String(TIMEOUT_MS) };
    world = await startInventoryWorld(env, { REDIS_URL: (url) => proxy.through(url) });
    replica = await world.startReplica({ REDIS_URL: serverUrl('REDIS_URL') });
  });

  afterAll(async () => {
    await expectProof(world);
    await world.close();
    await proxy.close();
  });

  it('stock is read from PostgreSQL, at once and right, and from Redis again afterwards', async () => {
    const { inventoryId } = await made({ quantity: 20 });
    expect(await quantityAt('app', inventoryId)).toBe(20);
    await proxy.refuse();
    const startedAt = performance.now();
    for (let quantity = 19; quantity >= 15; quantity -= 1) {
      expect((await put(inventoryId, { quantity })).status).toBe(200);
      expect(await quantityAt('app', inventoryId)).toBe(quantity);
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await readsOf('bypassed')).toBeGreaterThanOrEqual(4);
    expect(await world.app.isReady()).toBe(true);
    await proxy.accept();
    const hits = await readsOf('hit');
    await waitUntil(async () => {
      // Redis still has what was there before; whoever was shown 15 is not shown that.
      expect(await quantityAt('app', inventoryId)).toBe(15);
      return (await readsOf('hit')) > hits;
    });
    expect(await quantityAt('replica', inventoryId)).toBe(15);
  });

  it('nobody waits for one that hangs, but now and then', async () => {
    const { inventoryId } = await made({ quantity: 20 });
    await quantityAt('app', inventoryId);
    proxy.pause();
    const burst = Array.from({ length: 20 });
    await waitUntil(
      async () => {
        const before = await readsOf('bypassed');
        const seen = await Promise.all(burst.map(() => quantityAt('app', inventoryId)));
        expect(new Set(seen)).toEqual(new Set([20]));
        return (await readsOf('bypassed')) - before === burst.length;
      },
      { timeoutMs: 20_000, message: 'reads of which none waits' },
    );
    expect((await put(inventoryId, { quantity: 19 })).status).toBe(200);
    expect(await quantityAt('app', inventoryId)).toBe(19);
    proxy.resume();
    const hits = await readsOf('hit');
    await waitUntil(async () => {
      expect(await quantityAt('app', inventoryId)).toBe(19);
      return (await readsOf('hit')) > hits;
    });
  });
});
