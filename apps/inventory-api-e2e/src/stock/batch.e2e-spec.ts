import { randomUUID } from 'node:crypto';
import { createStockClient, inventoryOf, type InventoryView } from '../world/create-stock-client';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
const { made, get } = createStockClient(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(async () => {
  await expectProof(world);
  await world.close();
});

interface LineResult {
  readonly index: number;
  readonly status: number;
  readonly code?: string;
  readonly inventory?: InventoryView;
  readonly errors?: readonly { readonly field: string }[];
}

interface BatchAnswer {
  readonly succeeded: number;
  readonly failed: number;
  readonly results: readonly LineResult[];
}

const post = (items: unknown, headers: Record<string, string> = {}) =>
  world.call('/api/v1/inventory/batch', { body: { items }, headers });

async function execute(items: unknown[], headers?: Record<string, string>): Promise<BatchAnswer> {
  const answer = await post(items, headers);
  expect({ status: answer.status, text: answer.text.slice(0, 500) }).toMatchObject({ status: 200 });
  return answer.json as BatchAnswer;
}

const DEEP = JSON.parse('['.repeat(500) + ']'.repeat(500)) as unknown;

describe('POST /api/v1/inventory/batch', () => {
  it('sets and changes entries that are named in any way; bad lines fail alone', async () => {
    const sku = `batch-${randomUUID()}`;
    const [byId, bySku, byProduct] = [await made(), await made({ sku }), await made()];
    const productId = randomUUID();
    await made({ productId, variantId: randomUUID() });
    await made({ productId, variantId: randomUUID() });
    const { inventoryId } = byId;
    const { results, succeeded, failed } = await execute([
      { inventoryId, quantity: 7, note: 'counted', reference: 'ST-1' },
      { sku, quantityChange: 5, reason: 'RECEIVED' },
      { productId: byProduct.productId, quantityChange: -20, reason: 'DAMAGE' },
      { inventoryId: randomUUID(), quantity: 1 },
      { productId, quantity: 1 },
      { inventoryId: byProduct.inventoryId, quantityChange: -1 },
      { inventoryId, quantity: 1, expectedQuantity: 6 },
      { inventoryId, quantity: 1, quantityChange: 1 },
      { inventoryId },
      { quantity: 1 },
      { inventoryId, quantity: -1 },
      { inventoryId, quantityChange: 0 },
      { inventoryId, quantityChange: 1.5 },
      { inventoryId, quantity: 2_147_483_648 },
      { inventoryId, quantityChange: 5, reason: 'DAMAGE' },
      { inventoryId, quantity: 5, reason: 'RECEIVED' },
      { inventoryId, quantity: 5, unknown: true },
      { inventoryId, quantity: 5, note: 'nul \u0000' },
      null,
      7,
      'line',
      [],
      DEEP,
    ]);
    const told = results.map(({ index, status, code }) => [index, status, code]);
    const invalid = (index: number) => [index, 400, 'INVALID_REQUEST'];
    expect(told).toEqual([
      [0, 200, undefined],
      [1, 200, undefined],
      [2, 200, undefined],
      [3, 404, 'PRODUCT_NOT_FOUND'],
      invalid(4),
      [5, 409, 'INSUFFICIENT_STOCK'],
      [6, 409, 'STALE'],
      ...Array.from({ length: 16 }, (_, index) => invalid(7 + index)),
    ]);
    expect([succeeded, failed]).toEqual([3, 20]);
    expect(results[9]?.errors?.map(({ field }) => field)).toEqual(['body.items.9']);
    expect(results[10]?.errors?.map(({ field }) => field)).toEqual(['body.items.10.quantity']);
    expect(results[0]?.inventory).toMatchObject({ inventoryId, quantityTotal: 7 });
    expect((await get(bySku.inventoryId)).json).toEqual(results[1]?.inventory);
    expect(inventoryOf(await get(byProduct.inventoryId)).quantityTotal).toBe(0);
    const movements = await world.call(`/api/v1/inventory/${inventoryId}/movements?limit=1`);
    expect((movements.json as { items: unknown[] }).items).toMatchObject([
      { quantity: -13, note: 'counted', reference: 'ST-1', performedBy: 'e2e' },
    ]);
  });

  it('takes a thousand lines, in few transactions, and not one more', async () => {
    const ids: string[] = [];
    const rows = await world.query(
      `INSERT INTO stock_items (id, product_id, baselined)
       SELECT gen_random_uuid(), gen_random_uuid(), true FROM generate_series(1, 1000)
       RETURNING id`,
    );
    for (const row of rows) ids.push(row['id'] as string);
    const lines = ids.map((inventoryId, index) => ({ inventoryId, quantity: index }));
    const { succeeded, results } = await execute(lines);
    expect(succeeded).toBe(1_000);
    expect(results.map(({ index }) => index)).toEqual(ids.map((_, index) => index));
    const [written] = await world.query(
      `SELECT count(DISTINCT m.xmin::text)::int AS transactions, count(*)::int AS movements
       FROM stock_movements m WHERE m.item_id = ANY ($1::uuid[])`,
      [ids],
    );
    expect(written).toMatchObject({ movements: 999 });
    expect(written?.['transactions']).toBeLessThan(20);
    const one = { inventoryId: ids[0], quantity: 1 };
    expectProblem(await post(Array(1_001).fill(one)), 400, 'INVALID_REQUEST');
    expectProblem(await post([]), 400, 'INVALID_REQUEST');
    expectProblem(await post({}), 400, 'INVALID_REQUEST');
  });

  it('lets the lines of one entry take effect in their order', async () => {
    const [first, second] = [await made({ quantity: 0 }), await made({ quantity: 0 })];
    const lines: { inventoryId: string; quantity?: number; quantityChange?: number }[] = Array.from(
      { length: 60 },
      (_, index) => ({
        inventoryId: (index % 2 === 0 ? first : second).inventoryId,
        ...(index < 2 ? { quantity: 1_000 } : { quantityChange: index % 4 < 2 ? -7 : 6 }),
      }),
    );
    const { results, succeeded } = await execute(lines);
    expect(succeeded).toBe(lines.length);
    const totals = new Map<string, number>();
    lines.forEach(({ inventoryId, quantity, quantityChange = 0 }, index) => {
      const total = quantity ?? (totals.get(inventoryId) ?? 0) + quantityChange;
      totals.set(inventoryId, total);
      expect(results[index]?.inventory?.quantityTotal).toBe(total);
    });
  });

  it('under an idempotency key has one effect, and answers the same again', async () => {
    const [first, second] = [await made({ quantity: 10 }), await made({ quantity: 10 })];
    const lines = [
      { inventoryId: first.inventoryId, quantityChange: -4 },
      { inventoryId: second.inventoryId, quantityChange: -11 },
      { inventoryId: 'nonsense' },
      { inventoryId: randomUUID(), quantity: 1 },
    ];
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await execute(lines, headers);
    expect(answer.results.map(({ status }) => status)).toEqual([200, 409, 400, 404]);
    await execute([{ inventoryId: second.inventoryId, quantity: 100 }]);
    expect(await execute(lines, headers)).toEqual(answer);
    expect(inventoryOf(await get(first.inventoryId)).quantityTotal).toBe(6);

    const added = [...lines, { inventoryId: first.inventoryId, quantityChange: -1 }];
    expectProblem(await post(added, headers), 422, 'IDEMPOTENCY_KEY_REUSED');
    const otherSubject = await world.call('/api/v1/inventory/batch', {
      body: { items: lines.slice(0, 1) },
      headers,
      subject: 'another',
    });
    expect((otherSubject.json as BatchAnswer).succeeded).toBe(1);
    expect(inventoryOf(await get(first.inventoryId)).quantityTotal).toBe(2);
  });
});
