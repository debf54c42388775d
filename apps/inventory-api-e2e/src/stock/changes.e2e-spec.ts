import { randomUUID } from 'node:crypto';
import { createStockClient, inventoryOf } from '../world/create-stock-client';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
const { made, get, put, adjust } = createStockClient(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(async () => {
  await expectProof(world);
  await world.close();
});

interface MovementView {
  readonly type: string;
  readonly quantity: number;
  readonly quantityAfter: number;
  readonly reason: string;
}

async function movementsOf(inventoryId: string, query = '') {
  const answer = await world.call(`/api/v1/inventory/${inventoryId}/movements${query}`, {
    role: 'viewer',
  });
  return answer.json as { items: MovementView[]; nextCursor: string | null };
}

const EVENTS = `SELECT event_type, previous_quantity, new_quantity, cause, correlation_id
  FROM inventory_events WHERE item_id = $1 ORDER BY sequence`;
const OUTBOX = `SELECT event_type, payload::jsonb -> 'data' ->> 'sequence' AS sequence
  FROM outbox_messages WHERE item_id = $1 ORDER BY position`;

describe('PUT /api/v1/inventory/{id}', () => {
  it('changes all that it names in one step, told by movement, audit log and outbox', async () => {
    const { inventoryId } = await made({ quantity: 20 });
    const correlationId = randomUUID();
    const answer = await put(
      inventoryId,
      {
        quantity: 4,
        expectedQuantity: 20,
        lowStockThreshold: 6,
        reorderPoint: 1,
        reorderQuantity: 2,
        sku: 'PUT-1',
        reason: 'LOSS',
        note: 'fell off',
      },
      { 'x-correlation-id': correlationId },
    );
    expect(answer.status).toBe(200);
    expect(inventoryOf(answer)).toMatchObject({
      quantityTotal: 4,
      quantityAvailable: 4,
      lowStockThreshold: 6,
      reorderPoint: 1,
      reorderQuantity: 2,
      sku: 'PUT-1',
      status: 'LOW_STOCK',
      version: 2,
    });
    expect(answer.headers['etag']).toBe('"2"');
    expect((await movementsOf(inventoryId)).items).toMatchObject([
      { type: 'ADJUSTMENT', quantity: -16, quantityAfter: 4, reason: 'lost', note: 'fell off' },
      { type: 'ADJUSTMENT', quantity: 20, quantityAfter: 20, reason: 'baseline' },
    ]);
    const cause = { cause: 'adjust', correlation_id: correlationId };
    expect(await world.query(EVENTS, [inventoryId])).toMatchObject([
      { event_type: 'StockLevelChangedEvent', previous_quantity: 20, new_quantity: 4, ...cause },
      { event_type: 'StockStatusChangedEvent', ...cause },
      { event_type: 'LOW_STOCK', ...cause },
      { event_type: 'LowStockThresholdReachedEvent', ...cause },
    ]);
    expect(await world.query(OUTBOX, [inventoryId])).toEqual([
      { event_type: 'StockLevelChangedEvent', sequence: '1' },
      { event_type: 'StockStatusChangedEvent', sequence: '2' },
      { event_type: 'LOW_STOCK', sequence: '3' },
      { event_type: 'LowStockThresholdReachedEvent', sequence: '4' },
    ]);
  });

  it('changes nothing at all where a part of it is refused', async () => {
    const before = await made({ quantity: 20 });
    const { inventoryId } = before;
    const body = { quantity: 3, expectedQuantity: 19, lowStockThreshold: 7, sku: 'NEVER' };
    expectProblem(await put(inventoryId, body), 409, 'STALE');
    const onlyExpected = { expectedQuantity: 19, reorderPoint: 99 };
    expectProblem(await put(inventoryId, onlyExpected), 409, 'STALE');
    expect((await get(inventoryId)).json).toEqual(before);
    const order = { orderId: randomUUID(), items: [{ inventoryId, quantity: 5 }] };
    expect((await world.call('/api/v1/reservations', { body: order })).status).toBe(201);
    expectProblem(await put(inventoryId, { quantity: 4, sku: 'NEVER' }), 409, 'BELOW_RESERVED');
    expect((await put(inventoryId, { quantity: 5 })).status).toBe(200);
    expect(inventoryOf(await get(inventoryId))).toMatchObject({
      quantityTotal: 5,
      quantityAvailable: 0,
      quantityReserved: 5,
      lowStockThreshold: null,
      sku: null,
    });
  });

  it('takes an entry out of sale and back', async () => {
    const { inventoryId, productId } = await made({ quantity: 20 });
    const out = await put(inventoryId, { status: 'DISCONTINUED' });
    expect(inventoryOf(out).status).toBe('DISCONTINUED');
    const order = { orderId: randomUUID(), items: [{ productId, quantity: 1 }] };
    const refused = await world.call('/api/v1/reservations', { body: order });
    expectProblem(refused, 409, 'PRODUCT_DISCONTINUED');
    const back = await put(inventoryId, { status: 'ACTIVE', quantity: 2 });
    expect(inventoryOf(back)).toMatchObject({ status: 'LOW_STOCK', quantityTotal: 2 });
  });

  it('gives a threshold and leaves it to the rules again', async () => {
    const { inventoryId } = await made({ quantity: 20, lowStockThreshold: 30 });
    expect(inventoryOf(await get(inventoryId)).status).toBe('LOW_STOCK');
    const without = inventoryOf(await put(inventoryId, { lowStockThreshold: null }));
    expect(without).toMatchObject({ lowStockThreshold: null, status: 'IN_STOCK' });
  });

  it('insists on the version that the caller saw', async () => {
    const { inventoryId } = await made({ quantity: 20 });
    const { etag = '' } = (await get(inventoryId)).headers;
    const changed = await put(inventoryId, { quantity: 19 }, { 'if-match': etag });
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"2"']);
    const late = await put(inventoryId, { quantity: 1 }, { 'if-match': etag });
    expectProblem(late, 412, 'PRECONDITION_FAILED');
    const weak = await put(inventoryId, { quantity: 1 }, { 'if-match': 'W/"2"' });
    expectProblem(weak, 412, 'PRECONDITION_FAILED');
    const nonsense = await put(inventoryId, { quantity: 1 }, { 'if-match': 'nonsense' });
    expectProblem(nonsense, 400, 'INVALID_REQUEST');
    expect((await put(inventoryId, { quantity: 18 }, { 'if-match': '*' })).status).toBe(200);
    expect((await put(inventoryId, { quantity: 17 }, { 'if-match': '"3"' })).status).toBe(200);
    const unknown = await put(randomUUID(), { quantity: 1 }, { 'if-match': '"1"' });
    expectProblem(unknown, 404, 'PRODUCT_NOT_FOUND');
  });

  it('lets exactly one of many win who saw the same version', async () => {
    const { inventoryId } = await made({ quantity: 100 });
    for (let version = 1; version <= 5; version += 1) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          put(inventoryId, { quantity: 100 * version + index }, { 'if-match': `"${version}"` }),
        ),
      );
      const won = answers.filter(({ status }) => status === 200);
      const lost = answers.filter(({ status }) => status === 412);
      expect([won.length, lost.length]).toEqual([1, 9]);
      expect((await get(inventoryId)).json).toEqual(won[0]?.json);
    }
  });

  it('is answered the same again under its idempotency key', async () => {
    const { inventoryId } = await made({ quantity: 20 });
    const headers = { 'idempotency-key': randomUUID(), 'if-match': '"1"' };
    const first = await put(inventoryId, { quantity: 19 }, headers);
    await put(inventoryId, { quantity: 5 });
    const again = await put(inventoryId, { quantity: 19 }, headers);
    expect([again.status, again.json]).toEqual([200, first.json]);
    expect(inventoryOf(await get(inventoryId)).quantityTotal).toBe(5);
  });
});

describe('POST /api/v1/inventory/{id}/adjust', () => {
  it('moves stock for its reason and keeps who, why and for what', async () => {
    const { inventoryId } = await made({ quantity: 20 });
    const steps = [
      ['RECEIVED', 10, 'INBOUND', 'received'],
      ['RETURN', 2, 'RETURN', 'returned'],
      ['FOUND', 1, 'ADJUSTMENT', 'found'],
      ['DAMAGE', -3, 'DAMAGE', 'damaged'],
      ['LOSS', -4, 'ADJUSTMENT', 'lost'],
      ['ADJUSTMENT', -5, 'ADJUSTMENT', 'adjusted'],
      ['ADJUSTMENT', 6, 'ADJUSTMENT', 'adjusted'],
    ] as const;
    let quantityTotal = 20;
    for (const [reason, quantityChange] of steps) {
      quantityTotal += quantityChange;
      const body = { quantityChange, reason, note: `a note on ${reason}`, reference: 'PO-7' };
      const answer = await adjust(inventoryId, body);
      expect([answer.status, inventoryOf(answer).quantityTotal]).toEqual([200, quantityTotal]);
    }
    const { items } = await movementsOf(inventoryId);
    expect(items.slice(0, -1).reverse()).toMatchObject(
      steps.map(([reason, quantity, type, told]) => ({
        type,
        quantity,
        reason: told,
        note: `a note on ${reason}`,
        reference: 'PO-7',
        performedBy: 'e2e',
      })),
    );
    const first = await movementsOf(inventoryId, '?limit=5');
    const rest = await movementsOf(inventoryId, `?limit=5&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toEqual(items);
    expect(rest.nextCursor).toBeNull();
    const events = await world.query(EVENTS, [inventoryId]);
    expect(events.filter((event) => event['event_type'] === 'StockLevelChangedEvent')).toHaveLength(
      steps.length,
    );
  });

  it('refuses to take what is not there, or promised, and to go beyond what can be', async () => {
    const { inventoryId } = await made({ quantity: 5 });
    const take = (quantityChange: number) =>
      adjust(inventoryId, { quantityChange, reason: 'LOSS' });
    expectProblem(await take(-6), 409, 'INSUFFICIENT_STOCK');
    const order = { orderId: randomUUID(), items: [{ inventoryId, quantity: 3 }] };
    expect((await world.call('/api/v1/reservations', { body: order })).status).toBe(201);
    expectProblem(await take(-3), 409, 'BELOW_RESERVED');
    expect((await take(-2)).status).toBe(200);
    const full = { quantityChange: 2_147_483_647, reason: 'FOUND' };
    expectProblem(await adjust(inventoryId, full), 409, 'QUANTITY_TOO_LARGE');
    const stale = { quantityChange: 1, reason: 'FOUND', expectedQuantity: 5 };
    expectProblem(await adjust(inventoryId, stale), 409, 'STALE');
    const known = { quantityChange: 1, reason: 'FOUND', expectedQuantity: 3 };
    expect(inventoryOf(await adjust(inventoryId, known)).quantityTotal).toBe(4);
    expectProblem(await adjust(randomUUID(), known), 404, 'PRODUCT_NOT_FOUND');
  });

  it('loses none of many changes at once, and repeats none under one key', async () => {
    const { inventoryId } = await made({ quantity: 100 });
    const change = { quantityChange: -1, reason: 'LOSS' };
    const answers = await Promise.all(
      Array.from({ length: 120 }, () => adjust(inventoryId, change)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 409)).toHaveLength(20);
    expect(inventoryOf(await get(inventoryId)).quantityTotal).toBe(0);

    const headers = { 'idempotency-key': randomUUID() };
    const added = { quantityChange: 5, reason: 'FOUND' };
    const first = await adjust(inventoryId, added, headers);
    const again = await adjust(inventoryId, added, headers);
    expect([again.status, again.json]).toEqual([200, first.json]);
    const other = { ...added, quantityChange: 6 };
    expectProblem(await adjust(inventoryId, other, headers), 422, 'IDEMPOTENCY_KEY_REUSED');
    expect(inventoryOf(await get(inventoryId)).quantityTotal).toBe(5);
  });
});
