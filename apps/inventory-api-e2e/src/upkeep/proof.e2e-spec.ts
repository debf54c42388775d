import { randomUUID } from 'node:crypto';
import { waitUntil } from '@inventory-events/testing';
import { expectProblem } from '../world/expect-problem';
import { type InventoryWorld, startInventoryWorld } from '../world/start-inventory-world';

interface Proof {
  isFull: boolean;
  checkedItems: number;
  driftedItems: number;
  drifted: { productId: string; onHand: number; movementTotal: number }[];
}

describe('the proof of the stock', () => {
  let world: InventoryWorld;
  beforeAll(async () => {
    world = await startInventoryWorld({ PROOF_INTERVAL_MS: '300' });
  });
  afterAll(() => world.close());

  const prove = async (body: object = {}) =>
    (await world.call('/api/v1/proof', { method: 'POST', role: 'admin', body })).json as Proof;
  const drifted = async () => {
    const { text } = await world.call('/metrics', { role: null });
    return Number(/^inventory_proof_drift_items\S* (\d+)$/m.exec(text)?.[1]);
  };

  it('is clean after requests, and runs by the clock', async () => {
    const productId = randomUUID();
    await world.call('/api/v1/inventory', { method: 'POST', body: { productId, quantity: 9 } });
    await world.call('/api/v1/reservations', {
      method: 'POST',
      body: { orderId: randomUUID(), items: [{ productId, quantity: 2 }] },
    });
    expect(await prove({ full: true })).toMatchObject({
      isFull: true,
      checkedItems: 1,
      driftedItems: 0,
    });
    const before = (await world.call('/api/v1/proof')).json as { finishedAt: string };
    await waitUntil(async () => {
      const latest = (await world.call('/api/v1/proof')).json as { finishedAt: string };
      return latest.finishedAt > before.finishedAt;
    });
  });

  it('names what does not add up, tells it once, and repairs nothing', async () => {
    const productId = randomUUID();
    await world.call('/api/v1/inventory', { method: 'POST', body: { productId, quantity: 9 } });
    await prove();
    await world.query('UPDATE stock_items SET on_hand = 8 WHERE product_id = $1', [productId]);
    const found = await prove({ full: true });
    expect(found).toMatchObject({
      driftedItems: 1,
      drifted: [{ productId, onHand: 8, movementTotal: 9 }],
    });
    await waitUntil(async () => (await drifted()) === 1);
    await prove({ full: true });
    const events = await world.query(
      `SELECT event_type FROM inventory_events
       WHERE product_id = $1 AND event_type = 'StockDriftDetectedEvent'`,
      [productId],
    );
    expect(events).toHaveLength(1);
    const stored = await world.query('SELECT on_hand FROM stock_items WHERE product_id = $1', [
      productId,
    ]);
    expect(stored).toEqual([{ on_hand: 8 }]);
  });

  it('is shown to viewers, and made by admins', async () => {
    expect((await world.call('/api/v1/proof', { role: 'viewer' })).status).toBe(200);
    const refused = await world.call('/api/v1/proof', {
      method: 'POST',
      role: 'operator',
      body: {},
    });
    expectProblem(refused, 403, 'FORBIDDEN');
  });
});
