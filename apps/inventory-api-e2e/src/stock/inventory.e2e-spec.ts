import { randomUUID } from 'node:crypto';
import { createStockClient, inventoryOf, type InventoryView } from '../world/create-stock-client';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
const { create, made, get } = createStockClient(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(async () => {
  await expectProof(world);
  await world.close();
});

interface Page {
  readonly items: readonly InventoryView[];
  readonly nextCursor: string | null;
}

const list = async (query: string) =>
  (await world.call(`/api/v1/inventory?${query}`, { role: 'viewer' })).json as Page;

const idsOf = ({ items }: Page) => items.map(({ inventoryId }) => inventoryId);

describe('POST /api/v1/inventory', () => {
  it('makes an entry with its first quantity, told as a movement and by no event', async () => {
    const productId = randomUUID();
    const body = {
      productId,
      variantId: randomUUID(),
      sku: 'SHIRT/M "blue" ü',
      quantity: 12,
      lowStockThreshold: 15,
      reorderPoint: 5,
      reorderQuantity: 100,
      reference: 'stocktaking 7',
      note: 'first count',
    };
    const answer = await create(body, { subject: 'keeper' });
    expect(answer.status).toBe(201);
    const inventory = inventoryOf(answer);
    expect(inventory).toEqual({
      inventoryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      productId,
      variantId: body.variantId,
      warehouseId: null,
      sku: body.sku,
      quantityAvailable: 12,
      quantityReserved: 0,
      quantityTotal: 12,
      reorderPoint: 5,
      reorderQuantity: 100,
      status: 'LOW_STOCK',
      lowStockThreshold: 15,
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(answer.headers).toMatchObject({
      location: `/api/v1/inventory/${inventory.inventoryId}`,
      etag: '"1"',
    });
    expect((await get(inventory.inventoryId, { role: 'viewer' })).json).toEqual(inventory);

    const movements = await world.call(`/api/v1/inventory/${inventory.inventoryId}/movements`);
    expect(movements.json).toEqual({
      items: [
        {
          id: expect.any(String),
          type: 'ADJUSTMENT',
          quantity: 12,
          quantityAfter: 12,
          reason: 'baseline',
          note: 'first count',
          reference: 'stocktaking 7',
          performedBy: 'keeper',
          at: expect.any(String),
        },
      ],
      nextCursor: null,
    });
    const events = 'SELECT 1 FROM inventory_events WHERE product_id = $1';
    expect(await world.query(events, [productId])).toEqual([]);
  });

  it('makes one entry of a key, also when many ask at once', async () => {
    const productId = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => create({ productId, quantity: index })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(7).fill(409)]);
    for (const answer of answers) {
      if (answer.status === 409) expectProblem(answer, 409, 'ALREADY_EXISTS');
    }
    const variant = await create({ productId, variantId: randomUUID() });
    expect(variant.status).toBe(201);
  });

  it('is answered the same again under its idempotency key, refusals included', async () => {
    const body = { productId: randomUUID(), quantity: 3, sku: 'K' };
    const headers = { 'idempotency-key': randomUUID() };
    const first = await create(body, { headers });
    await world.call(`/api/v1/inventory/${inventoryOf(first).inventoryId}/adjust`, {
      body: { quantityChange: 4, reason: 'FOUND' },
    });
    const again = await create(body, { headers });
    expect([again.status, again.json]).toEqual([201, first.json]);
    expectProblem(
      await create({ ...body, quantity: 4 }, { headers }),
      422,
      'IDEMPOTENCY_KEY_REUSED',
    );

    const refused = { ...body, warehouseId: randomUUID() };
    const other = { 'idempotency-key': randomUUID() };
    expectProblem(await create(refused, { headers: other }), 404, 'WAREHOUSE_NOT_FOUND');
    await world.query(`INSERT INTO warehouses (id, code, name) VALUES ($1, 'LATE', 'late')`, [
      refused.warehouseId,
    ]);
    expectProblem(await create(refused, { headers: other }), 404, 'WAREHOUSE_NOT_FOUND');
    expect((await create(refused)).status).toBe(201);
  });

  it('keeps stock in warehouses that are registered and active only', async () => {
    const register = (body: object) =>
      world.call('/api/v1/warehouses', { role: 'admin', body: { name: 'W', ...body } });
    const open = (await register({ code: 'OPEN' })).json as { warehouseId: string };
    const closed = (await register({ code: 'CLOSED', isActive: false })).json as typeof open;
    expect((await made({ warehouseId: open.warehouseId })).warehouseId).toBe(open.warehouseId);
    expectProblem(await create({ warehouseId: closed.warehouseId }), 409, 'WAREHOUSE_INACTIVE');
    expectProblem(await create({ warehouseId: randomUUID() }), 404, 'WAREHOUSE_NOT_FOUND');
  });
});

describe('GET /api/v1/inventory/product/{productId} and /sku/{sku}', () => {
  it('sum up what there is', async () => {
    const productId = randomUUID();
    const sku = `S/${randomUUID()}`;
    const first = await made({ productId, sku, quantity: 5 });
    const second = await made({ productId, variantId: randomUUID(), sku, quantity: 7 });
    const third = await made({ productId, variantId: randomUUID(), quantity: 9 });
    const order = {
      orderId: randomUUID(),
      items: [{ inventoryId: second.inventoryId, quantity: 2 }],
    };
    expect((await world.call('/api/v1/reservations', { body: order })).status).toBe(201);

    const product = await world.call(`/api/v1/inventory/product/${productId}`, { role: 'viewer' });
    expect(product.json).toMatchObject({
      productId,
      quantityAvailable: 19,
      quantityReserved: 2,
      quantityTotal: 21,
      itemCount: 3,
      items: [first, { inventoryId: second.inventoryId, quantityReserved: 2 }, third],
    });
    const ofSku = await world.call(`/api/v1/inventory/sku/${encodeURIComponent(sku)}`);
    expect(ofSku.json).toMatchObject({
      sku,
      quantityAvailable: 10,
      quantityTotal: 12,
      itemCount: 2,
      items: [first, { inventoryId: second.inventoryId }],
    });
  });

  it('follow entries that come, and SKUs that move', async () => {
    const productId = randomUUID();
    const [old, fresh] = [`old-${productId}`, `new-${productId}`];
    const first = await made({ productId, sku: old, quantity: 1 });
    const countOf = async (path: string) => {
      const { status, json } = await world.call(`/api/v1/inventory/${path}`);
      return status === 404 ? 0 : (json as { itemCount: number }).itemCount;
    };
    expect(await countOf(`sku/${old}`)).toBe(1);
    expect(await countOf(`sku/${fresh}`)).toBe(0);
    await made({ productId, variantId: randomUUID(), sku: old, quantity: 1 });
    expect(await countOf(`sku/${old}`)).toBe(2);
    expect(await countOf(`product/${productId}`)).toBe(2);
    const body = { sku: fresh };
    await world.call(`/api/v1/inventory/${first.inventoryId}`, { method: 'PUT', body });
    expect([await countOf(`sku/${old}`), await countOf(`sku/${fresh}`)]).toEqual([1, 1]);
  });

  it('know nothing of what is not there', async () => {
    const unknown = randomUUID();
    for (const path of [unknown, `product/${unknown}`, `sku/${unknown}`, `${unknown}/movements`]) {
      expectProblem(await world.call(`/api/v1/inventory/${path}`), 404, 'PRODUCT_NOT_FOUND');
    }
    await world.query('INSERT INTO stock_items (id, product_id) VALUES ($1, $2)', [
      unknown,
      randomUUID(),
    ]);
    expectProblem(await get(unknown), 404, 'PRODUCT_NOT_FOUND');
  });
});

describe('GET /api/v1/inventory', () => {
  it('pages through everything, and filters', async () => {
    const productId = randomUUID();
    const sku = `list-${productId}`;
    const plenty = await made({ productId, sku, quantity: 50 });
    const low = await made({ productId, variantId: randomUUID(), quantity: 5 });
    const none = await made({ productId, variantId: randomUUID(), sku, quantity: 0 });
    const all = [plenty, low, none].map(({ inventoryId }) => inventoryId);

    const first = await list(`productId=${productId}&limit=2`);
    expect(idsOf(first)).toEqual(all.slice(0, 2));
    const second = await list(`productId=${productId}&limit=2&cursor=${first.nextCursor}`);
    expect([idsOf(second), second.nextCursor]).toEqual([all.slice(2), null]);

    const ofProduct = (query: string) => list(`productId=${productId}&${query}`);
    expect(idsOf(await ofProduct(`variantId=${low.variantId}`))).toEqual([low.inventoryId]);
    expect(idsOf(await ofProduct('status=IN_STOCK'))).toEqual([plenty.inventoryId]);
    expect(idsOf(await ofProduct('lowStock=true'))).toEqual([low.inventoryId, none.inventoryId]);
    expect(idsOf(await ofProduct('lowStock=true&status=OUT_OF_STOCK'))).toEqual([none.inventoryId]);
    expect(idsOf(await ofProduct('lowStock=true&status=IN_STOCK'))).toEqual([]);
    expect(idsOf(await ofProduct('lowStock=false'))).toEqual(all);
    expect(idsOf(await list(`sku=${sku}`))).toEqual([plenty.inventoryId, none.inventoryId]);
    expect((await list('limit=1000')).items.length).toBeGreaterThan(10);
  });
});
