import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { CallOptions } from '../world/call';
import { createShop } from '../world/create-shop';
import { expectProblem } from '../world/expect-problem';
import { expectProof } from '../world/expect-proof';
import { insertItem, type InsertedItem } from '../world/insert-item';
import { signToken } from '../world/sign-token';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

const ORDER = '0190163d-8694-739b-aea5-966c26f8ad90';
const ID = '0190163d-8694-739b-aea5-966c26f8ad91';

let world: InventoryWorld;
let item: InsertedItem;
const { post, reserve, stockOf } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
  item = await insertItem(world);
});

afterAll(async () => {
  expect(await stockOf(item.inventoryId)).toEqual({ onHand: 10, reserved: 0 });
  await expectProof(world);
  await world.close();
});

describe('reservations, given bad input', () => {
  it.each([0, -1, 1.5, 2_147_483_648, 1e21, '1', null, true, [1], {}])(
    'refuse the quantity %p',
    async (quantity) => {
      const answer = await reserve([{ productId: item.productId, quantity }]);
      const { errors } = expectProblem(answer, 400, 'INVALID_REQUEST');
      expect(new Set(errors?.map(({ field }) => field))).toEqual(
        new Set(['body.items.0.quantity']),
      );
      for (const verb of ['commit', 'cancel']) {
        if (quantity === null) continue;
        expectProblem(await post(`/${ID}/${verb}`, { quantity }), 400, 'INVALID_REQUEST');
      }
    },
  );

  it('refuse quantities that overflow only together', async () => {
    const line = { productId: item.productId, quantity: 2_147_483_647 };
    const answer = await reserve([line, line, line]);
    expect(expectProblem(answer, 409, 'INSUFFICIENT_STOCK').shortages).toMatchObject([
      { requested: 6_442_450_941, available: 10 },
    ]);
  });

  it.each([
    ['no items', { items: [] }],
    ['no list of items', { items: {} }],
    ['1,001 items', { items: Array(1_001).fill({ productId: ID, quantity: 1 }) }],
    ['an item without a name', { items: [{ quantity: 1 }] }],
    ['a name that is no id', { items: [{ productId: 'x', quantity: 1 }] }],
    ['an empty SKU', { items: [{ sku: '', quantity: 1 }] }],
    ['a SKU with a NUL', { items: [{ sku: 'a\u0000b', quantity: 1 }] }],
    ['a SKU that is too long', { items: [{ sku: 'x'.repeat(1_000), quantity: 1 }] }],
    ['an unknown field', { items: [{ productId: ID, quantity: 1, price: 1 }] }],
    ['an unknown member', { note: 'x' }],
    ['an order that is no id', { orderId: 'order-1' }],
    ['no order', { orderId: undefined }],
    ['a user that is no id', { userId: 'me' }],
    ['no time', { ttlSeconds: 0 }],
    ['a negative time', { ttlSeconds: -1 }],
    ['half a second', { ttlSeconds: 0.5 }],
    ['a time that is too long', { ttlSeconds: 86_401 }],
  ])('refuse %s', async (_name, part) => {
    const items = [{ productId: item.productId, quantity: 1 }];
    const answer = await post('', { orderId: ORDER, items, ...part });
    expect(expectProblem(answer, 400, 'INVALID_REQUEST').errors?.length).toBeGreaterThan(0);
  });

  it.each(['null', '[]', '"x"', '1', '{"orderId":1}'])('refuse the body %s', async (body) => {
    const answer = await post('', body);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: expect.stringMatching(/INVALID|MALFORMED/) });
  });

  it('refuse what is no JSON, and JSON of 5,000 levels', async () => {
    expectProblem(await post('', '{'), 400, 'MALFORMED_JSON');
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    expectProblem(await post('', `{"items":${deep}}`), 400, 'INVALID_REQUEST');
    expectProblem(await post(`/${ID}/cancel`, `{"reason":${deep}}`), 400, 'INVALID_REQUEST');
  });

  it('refuse a body over the limit', async () => {
    const sku = 'x'.repeat(600 * 1_024);
    expectProblem(await reserve([{ sku, quantity: 1 }]), 413, 'PAYLOAD_TOO_LARGE');
    const reason = 'x'.repeat(70 * 1_024);
    expectProblem(await post(`/${ID}/cancel`, { reason }), 413, 'PAYLOAD_TOO_LARGE');
  });

  it.each([
    ['none', { 'content-type': '' }],
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('refuse another content type: %s', async (_name, headers) => {
    const body = { orderId: ORDER, items: [{ productId: item.productId, quantity: 1 }] };
    expectProblem(await post('', body, { headers }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectProblem(await post(`/${ID}/commit`, {}, { headers }), 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it('refuse a body that is missing where one is needed', async () => {
    expectProblem(await post(''), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectProblem(await post(`/${ID}/extend`), 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it.each(['x', '%00', '..%2F..', 'order', `${ID}'--`])('find nothing at the id %s', async (id) => {
    const read = await world.call(`/api/v1/reservations/${id}`);
    expect([400, 404]).toContain(read.status);
    expect([400, 404, 405]).toContain((await post(`/${id}/commit`)).status);
  });

  const COMMANDS = ['', `/${ID}/commit`, `/${ID}/cancel`, `/${ID}/extend`].concat(
    ['commit', 'cancel', 'extend'].map((verb) => `/order/${ORDER}/${verb}`),
  );

  it.each(COMMANDS)('refuse a viewer who POSTs to %s', async (path) => {
    expectProblem(await post(path, {}, { role: 'viewer' }), 403, 'FORBIDDEN');
    expectProblem(await post(path, {}, { role: null }), 401, 'UNAUTHENTICATED');
  });

  it('let a viewer look', async () => {
    const options: CallOptions = { role: 'viewer' };
    expectProblem(
      await world.call(`/api/v1/reservations/${ID}`, options),
      404,
      'RESERVATION_NOT_FOUND',
    );
    expectProblem(
      await world.call(`/api/v1/reservations/order/${ORDER}`, options),
      404,
      'RESERVATION_NOT_FOUND',
    );
  });
});

describe('slow clients', () => {
  function open(text: string) {
    const socket = connect(world.app.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(text);
    return socket;
  }
  const head = (length: number) =>
    [
      'POST /api/v1/reservations HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${signToken({ roles: ['operator'] })}`,
      'Content-Type: application/json',
      `Content-Length: ${length}`,
      '\r\n',
    ].join('\r\n');

  it('hold nobody up, and are served when they are done', async () => {
    const slow = await insertItem(world);
    const body = JSON.stringify({
      orderId: randomUUID(),
      items: [{ productId: slow.productId, quantity: 1 }],
    });
    const sockets = Array.from({ length: 50 }, () => open(head(body.length) + body.slice(0, 20)));
    const other = await insertItem(world);
    const startedAt = performance.now();
    expect((await reserve([{ productId: other.productId, quantity: 1 }])).status).toBe(201);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    const [first, ...rest] = sockets;
    first?.write(body.slice(20));
    const [answer] = (await once(first as never, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 201 /);
    [first, ...rest].forEach((socket) => socket?.destroy());
    expect(await stockOf(slow.inventoryId)).toEqual({ onHand: 10, reserved: 1 });
  });

  it('are told to go when they never finish their headers', async () => {
    const socket = open('POST /api/v1/reservations HTTP/1.1\r\nHost: localhost\r\nX: ');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
  });
});
