import { randomUUID } from 'node:crypto';
import type { Answer } from '../world/call';
import { createShop } from '../world/create-shop';
import { expectProblem } from '../world/expect-problem';
import { insertItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

interface Line {
  readonly inventoryId: string | null;
  readonly requested: number;
  readonly quantityAvailable: number;
  readonly available: boolean;
  readonly reason: string | null;
}

let world: InventoryWorld;
const { post, reserve, hold, makeOverdue } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(() => world.close());

const ask = (path: 'check' | 'bulk', body: unknown, role: 'viewer' | null = 'viewer') =>
  world.call(`/api/v1/availability/${path}`, { body, role });

const linesOf = ({ json }: Answer) => (json as { items: Line[] }).items;

describe('POST /api/v1/availability/check', () => {
  it('tells of each line whether there is enough', async () => {
    const plenty = await insertItem(world, { warehouseId: randomUUID() });
    const scarce = await hold({ onHand: 5, quantity: 3 });
    const unknown = randomUUID();
    const answer = await ask('check', {
      items: [
        { inventoryId: plenty.inventoryId, quantity: 10 },
        { productId: scarce.productId, quantity: 3 },
        { productId: unknown, quantity: 1 },
      ],
    });
    expect(answer.status).toBe(200);
    const names = { variantId: null, sku: null };
    expect(answer.json).toEqual({
      available: false,
      items: [
        {
          ...names,
          ...plenty,
          warehouseId: expect.any(String),
          itemCount: 1,
          requested: 10,
          quantityAvailable: 10,
          available: true,
          reason: null,
        },
        {
          ...names,
          inventoryId: scarce.inventoryId,
          productId: scarce.productId,
          warehouseId: null,
          itemCount: 1,
          requested: 3,
          quantityAvailable: 2,
          available: false,
          reason: 'INSUFFICIENT_STOCK',
        },
        {
          ...names,
          inventoryId: null,
          productId: unknown,
          warehouseId: null,
          itemCount: 0,
          requested: 1,
          quantityAvailable: 0,
          available: false,
          reason: 'PRODUCT_NOT_FOUND',
        },
      ],
    });
  });

  it('adds up lines of one stock entry, as a reservation does', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 5 });
    const items = [
      { productId, quantity: 3 },
      { inventoryId, quantity: 3 },
    ];
    const answer = await ask('check', { items });
    expect(answer.json).toMatchObject({ available: false });
    expect(linesOf(answer).map((line) => line.available)).toEqual([false, false]);
    expectProblem(await reserve(items), 409, 'INSUFFICIENT_STOCK');
    expect((await ask('check', { items: items.slice(1) })).json).toMatchObject({ available: true });
  });

  it('promises what a reservation gets: overdue holds do, what is out of sale does not', async () => {
    const late = await hold({ onHand: 4, quantity: 4 });
    const items = [{ productId: late.productId, quantity: 4 }];
    expect((await ask('check', { items })).json).toMatchObject({ available: false });
    await makeOverdue(late.orderId);
    expect((await ask('check', { items })).json).toMatchObject({
      available: true,
      items: [{ quantityAvailable: 4 }],
    });
    expect((await reserve(items)).status).toBe(201);

    const gone = await insertItem(world, { status: 'DISCONTINUED' });
    const refused = await ask('check', { items: [{ productId: gone.productId, quantity: 1 }] });
    expect(linesOf(refused)).toMatchObject([
      { quantityAvailable: 0, available: false, reason: 'PRODUCT_DISCONTINUED' },
    ]);
  });

  it('sees what was held and released a moment ago', async () => {
    const { productId, reservationId } = await hold({ onHand: 10, quantity: 4 });
    const available = async () => {
      const answer = await ask('check', { items: [{ productId, quantity: 1 }] });
      return linesOf(answer)[0]?.quantityAvailable;
    };
    expect(await available()).toBe(6);
    await post(`/${reservationId}/cancel`, { quantity: 1 });
    expect(await available()).toBe(7);
    await post(`/${reservationId}/commit`);
    expect(await available()).toBe(7);
  });

  it('refuses a name of several stock entries, and says in which line', async () => {
    const [productId, other] = [randomUUID(), await insertItem(world)];
    await insertItem(world, { productId, warehouseId: randomUUID() });
    await insertItem(world, { productId, warehouseId: randomUUID() });
    const items = [other.productId, productId].map((id) => ({ productId: id, quantity: 1 }));
    const answer = await ask('check', { items });
    expect(expectProblem(answer, 400, 'INVALID_REQUEST').errors).toMatchObject([
      { field: 'body.items.1' },
    ]);
  });

  it.each([
    ['no lines', { items: [] }],
    ['1,001 lines', { items: Array(1_001).fill({ sku: 'x', quantity: 1 }) }],
    ['a line without a name', { items: [{ quantity: 1 }] }],
    ['a line without a quantity', { items: [{ sku: 'x' }] }],
    ['a quantity of 0', { items: [{ sku: 'x', quantity: 0 }] }],
    ['a quantity that is too large', { items: [{ sku: 'x', quantity: 2_147_483_648 }] }],
  ])('refuses %s', async (_name, body) => {
    expectProblem(await ask('check', body), 400, 'INVALID_REQUEST');
  });

  it('needs a token', async () => {
    expectProblem(await ask('check', { items: [] }, null), 401, 'UNAUTHENTICATED');
    expectProblem(await ask('bulk', { productIds: [] }, null), 401, 'UNAUTHENTICATED');
  });
});

describe('POST /api/v1/availability/bulk', () => {
  it('answers each line and each product by itself, in order', async () => {
    const sku = `sku-${randomUUID()}`;
    const one = await insertItem(world, { onHand: 3, sku });
    const two = await insertItem(world, { onHand: 0 });
    const answer = await ask('bulk', {
      items: [{ sku, quantity: 4 }, { inventoryId: one.inventoryId }],
      productIds: [two.productId, randomUUID(), one.productId],
    });
    expect(answer.status).toBe(200);
    expect(
      linesOf(answer).map(({ inventoryId, quantityAvailable, reason }) => [
        inventoryId,
        quantityAvailable,
        reason,
      ]),
    ).toEqual([
      [one.inventoryId, 3, 'INSUFFICIENT_STOCK'],
      [one.inventoryId, 3, 'INSUFFICIENT_STOCK'],
      [two.inventoryId, 0, 'INSUFFICIENT_STOCK'],
      [null, 0, 'PRODUCT_NOT_FOUND'],
      [one.inventoryId, 3, 'INSUFFICIENT_STOCK'],
    ]);
  });

  it('sums up what a product has in several warehouses', async () => {
    const [productId, warehouseId] = [randomUUID(), randomUUID()];
    await insertItem(world, { productId, warehouseId, onHand: 3 });
    await insertItem(world, { productId, warehouseId: randomUUID(), onHand: 4 });
    const answer = await ask('bulk', {
      items: [
        { productId, quantity: 7 },
        { productId, warehouseId, quantity: 3 },
      ],
    });
    expect(linesOf(answer)).toMatchObject([
      { inventoryId: null, itemCount: 2, quantityAvailable: 7, available: true },
      { warehouseId, itemCount: 1, quantityAvailable: 3, available: true },
    ]);
  });

  it('takes a thousand products at once', async () => {
    const known = await insertItem(world);
    const productIds = Array.from({ length: 999 }, () => randomUUID());
    const answer = await ask('bulk', { productIds: [...productIds, known.productId] });
    expect(linesOf(answer)).toHaveLength(1_000);
    expect(linesOf(answer).at(-1)).toMatchObject({ available: true, quantityAvailable: 10 });
  });

  it.each([
    ['nothing', {}],
    [
      '1,001 lines and products',
      { items: [{ sku: 'x' }], productIds: Array(1_000).fill(randomUUID()) },
    ],
    ['a product that is no id', { productIds: ['x'] }],
  ])('refuses %s', async (_name, body) => {
    expectProblem(await ask('bulk', body), 400, 'INVALID_REQUEST');
  });
});
