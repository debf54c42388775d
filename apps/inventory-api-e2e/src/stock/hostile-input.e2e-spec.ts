import { randomUUID } from 'node:crypto';
import type { CallOptions } from '../world/call';
import { createStockClient, type InventoryView } from '../world/create-stock-client';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

const ID = '0190163d-8694-739b-aea5-966c26f8ad90';

let world: InventoryWorld;
let item: InventoryView;
const { create, made, get, put, adjust } = createStockClient(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
  item = await made({ quantity: 10 });
});

afterAll(async () => {
  expect((await get(item.inventoryId)).json).toEqual(item);
  await expectProof(world);
  const errors = world.app
    .logLines()
    .filter((line) => ['error', 'fatal'].includes(String(line['level'])));
  expect(errors).toEqual([]);
  await world.close();
});

describe('stock, given bad input', () => {
  it.each([-1, 1.5, 2_147_483_648, 1e21, '1', null, true, [1], {}])(
    'refuses the quantity %p',
    async (quantity) => {
      const made = expectProblem(await create({ quantity }), 400, 'INVALID_REQUEST');
      const changed = expectProblem(
        await put(item.inventoryId, { quantity }),
        400,
        'INVALID_REQUEST',
      );
      for (const { errors } of [made, changed]) {
        expect(new Set(errors?.map(({ field }) => field))).toEqual(new Set(['body.quantity']));
      }
    },
  );

  it.each([0, -0, 1.5, 2_147_483_648, -2_147_483_648, '1', null, {}])(
    'refuses the change %p',
    async (quantityChange) => {
      const body = { quantityChange, reason: 'ADJUSTMENT' };
      const { errors } = expectProblem(
        await adjust(item.inventoryId, body),
        400,
        'INVALID_REQUEST',
      );
      expect(new Set(errors?.map(({ field }) => field))).toEqual(new Set(['body.quantityChange']));
    },
  );

  it.each([
    ['no product', { productId: undefined }],
    ['a product that is no id', { productId: 'x' }],
    ['a variant that is no id', { variantId: '' }],
    ['an empty SKU', { sku: '' }],
    ['a SKU of 101 characters', { sku: 'x'.repeat(101) }],
    ['a SKU with a NUL', { sku: 'a\u0000b' }],
    ['half a character', { sku: '\ud800' }],
    ['a note of 256 characters', { note: 'x'.repeat(256) }],
    ['a reference of 101 characters', { reference: 'x'.repeat(101) }],
    ['a threshold below zero', { lowStockThreshold: -1 }],
    ['no threshold to begin with', { lowStockThreshold: null }],
    ['a fraction of a reorder point', { reorderPoint: 0.5 }],
    ['what it does not know', { colour: 'red' }],
    ['its own status', { status: 'IN_STOCK' }],
  ])('makes no entry with %s', async (_name, body) => {
    expectProblem(await create(body), 400, 'INVALID_REQUEST');
  });

  it.each([
    ['nothing', {}],
    ['what it does not know', { quantityAvailable: 1 }],
    ['a status that is judged', { status: 'LOW_STOCK' }],
    ['a reason that adds', { quantity: 5, reason: 'RECEIVED' }],
    ['no SKU', { sku: null }],
    ['another product', { productId: ID }],
  ])('changes no entry to %s', async (_name, body) => {
    expectProblem(await put(item.inventoryId, body), 400, 'INVALID_REQUEST');
  });

  it.each([
    ['no reason', { quantityChange: 1 }],
    ['an unknown reason', { quantityChange: 1, reason: 'THEFT' }],
    ['damage that adds', { quantityChange: 1, reason: 'DAMAGE' }],
    ['a loss that adds', { quantityChange: 1, reason: 'LOSS' }],
    ['a find that takes', { quantityChange: -1, reason: 'FOUND' }],
    ['a receipt that takes', { quantityChange: -1, reason: 'RECEIVED' }],
    ['a return that takes', { quantityChange: -1, reason: 'RETURN' }],
  ])('adjusts nothing for %s', async (_name, body) => {
    expectProblem(await adjust(item.inventoryId, body), 400, 'INVALID_REQUEST');
  });

  const bodies: [string, CallOptions, number, string][] = [
    ['no JSON', { body: '{' }, 400, 'MALFORMED_JSON'],
    ['a number', { body: '7' }, 400, 'MALFORMED_JSON'],
    ['an array', { body: [] }, 400, 'INVALID_REQUEST'],
    ['nested 5 000 deep', { body: deep('quantity') }, 400, 'INVALID_REQUEST'],
    ['none', { method: 'POST' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'text',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'compressed',
      { body: '{}', headers: { 'content-encoding': 'gzip' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['too large', { body: { note: 'x'.repeat(1_100_000) } }, 413, 'PAYLOAD_TOO_LARGE'],
  ];

  it.each(bodies)('takes no body that is %s', async (_name, options, status, code) => {
    for (const path of ['', `/${item.inventoryId}/adjust`, '/batch']) {
      expectProblem(await world.call(`/api/v1/inventory${path}`, options), status, code);
    }
    const options2 = { ...options, method: 'PUT' };
    expectProblem(
      await world.call(`/api/v1/inventory/${item.inventoryId}`, options2),
      status,
      code,
    );
  });

  it('answers lines that are nested 5 000 deep one by one', async () => {
    const body = `{"items":[${deep('note')},${'['.repeat(5_000)}${']'.repeat(5_000)}]}`;
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await world.call('/api/v1/inventory/batch', { body, headers });
    expect(answer.json).toMatchObject({ succeeded: 0, failed: 2 });
  });

  it.each([
    ['/api/v1/inventory?cursor=x', 'query.cursor'],
    ['/api/v1/inventory?cursor=AAAAAAAAAAAAAAAAAAAAAB', 'query.cursor'],
    ['/api/v1/inventory?limit=0', 'query.limit'],
    ['/api/v1/inventory?limit=1001', 'query.limit'],
    ['/api/v1/inventory?limit=1e1', 'query.limit'],
    ['/api/v1/inventory?productId=7', 'query.productId'],
    ['/api/v1/inventory?variantId=7', 'query.variantId'],
    ['/api/v1/inventory?warehouseId=7', 'query.warehouseId'],
    ['/api/v1/inventory?status=SOLD', 'query.status'],
    ['/api/v1/inventory?lowStock=1', 'query.lowStock'],
    ['/api/v1/inventory?sku=a%01b', 'query.sku'],
    ['/api/v1/inventory?unknown=1', 'query'],
    ['/api/v1/inventory/7', 'path.id'],
    ['/api/v1/inventory/product/7', 'path.productId'],
    [`/api/v1/inventory/sku/${'x'.repeat(101)}`, 'path.sku'],
    ['/api/v1/inventory/sku/a%01b', 'path.sku'],
    ['/api/v1/inventory/7/movements', 'path.id'],
    [`/api/v1/inventory/${ID}/movements?cursor=x`, 'query.cursor'],
    ['/api/v1/warehouses?active=yes', 'query.active'],
    ['/api/v1/warehouses?limit=501', 'query.limit'],
    ['/api/v1/warehouses/7', 'path.id'],
    ['/api/v1/warehouses/7/inventory', 'path.id'],
  ])('%s → 400 naming the field', async (path, field) => {
    const { errors } = expectProblem(await world.call(path), 400, 'INVALID_REQUEST');
    expect(errors?.map((error) => error.field)).toContain(field);
  });

  it.each(['/api/v1/inventory/%00', '/api/v1/inventory/sku/a%00b', '/api/v1/inventory/%ff'])(
    'path %s → 400',
    async (path) => void expectProblem(await world.call(path), 400, 'INVALID_REQUEST'),
  );

  it.each([
    '/api/v1/inventory/',
    '/api/v1/inventories',
    '/api/v1/inventory/sku',
    '/API/v1/inventory',
  ])('path %s → 404 or 400, never an entry', async (path) => {
    const { status } = await world.call(path);
    expect([400, 404]).toContain(status);
  });

  it('a method that a path does not have → 405', async () => {
    const path = `/api/v1/inventory/${item.inventoryId}`;
    for (const [method, at] of [
      ['DELETE', path],
      ['PATCH', path],
      ['POST', path],
      ['GET', `${path}/adjust`],
      ['GET', '/api/v1/inventory/batch'],
      ['DELETE', '/api/v1/inventory'],
      ['PATCH', '/api/v1/warehouses'],
      ['TRACE', '/api/v1/inventory'],
    ] as const) {
      expectProblem(await world.call(at, { method }), 405, 'METHOD_NOT_ALLOWED');
    }
  });

  it('who may not → 403, who is nobody → 401', async () => {
    const path = `/api/v1/inventory/${item.inventoryId}`;
    const writes: [string, string, object][] = [
      ['POST', '/api/v1/inventory', { productId: ID, quantity: 1 }],
      ['PUT', path, { quantity: 1 }],
      ['POST', `${path}/adjust`, { quantityChange: 1, reason: 'FOUND' }],
      ['POST', '/api/v1/inventory/batch', { items: [{ sku: 'a', quantity: 1 }] }],
    ];
    for (const [method, at, body] of writes) {
      expectProblem(await world.call(at, { method, body, role: 'viewer' }), 403, 'FORBIDDEN');
      expectProblem(await world.call(at, { method, body, role: null }), 401, 'UNAUTHENTICATED');
    }
    for (const role of ['viewer', 'operator'] as const) {
      const body = { code: 'X', name: 'X' };
      const register = await world.call('/api/v1/warehouses', { body, role });
      expectProblem(register, 403, 'FORBIDDEN');
      const one = `/api/v1/warehouses/${ID}`;
      expectProblem(await world.call(one, { method: 'PUT', body, role }), 403, 'FORBIDDEN');
      expectProblem(await world.call(one, { method: 'DELETE', role }), 403, 'FORBIDDEN');
    }
    expectProblem(await world.call(path, { role: null }), 401, 'UNAUTHENTICATED');
  });

  it('a subject that can not be kept → 401, the longest that can → its name in the movement', async () => {
    for (const subject of ['x'.repeat(256), 'a\u0000b', '']) {
      expectProblem(await create({}, { subject }), 401, 'UNAUTHENTICATED');
    }
    const subject = 'ü'.repeat(255);
    const { inventoryId } = (await create({}, { subject })).json as InventoryView;
    const movements = await world.call(`/api/v1/inventory/${inventoryId}/movements`);
    expect(movements.json).toMatchObject({ items: [{ performedBy: subject }] });
  });

  it('an idempotency key that is none → 400', async () => {
    for (const key of ['', 'a b', 'x'.repeat(256), 'ü']) {
      const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
      expectProblem(await create({}, { headers }), 400, 'INVALID_REQUEST');
    }
  });
});

/** An object, a value of which lies 5 000 deep. */
function deep(name: string): string {
  return `{"${name}":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
}
