import { randomUUID } from 'node:crypto';
import type { CallOptions } from '../world/call';
import { createStockClient } from '../world/create-stock-client';
import { expectProblem } from '../world/expect-problem';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

let world: InventoryWorld;
const { create, made } = createStockClient(() => world);

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(() => world.close());

interface Warehouse {
  readonly warehouseId: string;
  readonly code: string;
  readonly name: string;
}

const path = '/api/v1/warehouses';
const asAdmin = (at: string, options: CallOptions = {}) =>
  world.call(`${path}${at}`, { role: 'admin', ...options });
const register = (body: object, headers = {}) => asAdmin('', { body, headers });

async function registered(body: object): Promise<Warehouse> {
  const answer = await register({ name: 'Some warehouse', ...body });
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
  return answer.json as Warehouse;
}

const BERLIN = {
  code: 'BER-1',
  name: 'Berlin "Süd"',
  address: 'Straße 1',
  city: 'Berlin',
  state: 'BE',
  country: 'Germany',
  postalCode: '10115',
  region: 'eu-central',
  isActive: true,
  priority: 3,
  latitude: 52.52,
  longitude: 13.405,
};

describe('warehouses', () => {
  it('are registered, read, changed and removed', async () => {
    const answer = await register(BERLIN);
    expect(answer.status).toBe(201);
    const { warehouseId } = answer.json as Warehouse;
    expect(answer.json).toEqual({
      warehouseId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...BERLIN,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect(answer.headers['location']).toBe(`${path}/${warehouseId}`);
    const read = await world.call(`${path}/${warehouseId}`, { role: 'viewer' });
    expect(read.json).toEqual(answer.json);

    const changes = { name: 'Berlin', region: null, latitude: null, longitude: null, priority: 0 };
    const changed = await asAdmin(`/${warehouseId}`, { method: 'PUT', body: changes });
    expect(changed.json).toMatchObject({ ...BERLIN, ...changes, warehouseId });
    const removed = await asAdmin(`/${warehouseId}`, { method: 'DELETE' });
    expect([removed.status, removed.text]).toEqual([204, '']);
    const gone = { method: 'DELETE' };
    expectProblem(await asAdmin(`/${warehouseId}`, gone), 404, 'WAREHOUSE_NOT_FOUND');
    expectProblem(await asAdmin(`/${warehouseId}`), 404, 'WAREHOUSE_NOT_FOUND');
    const late = await asAdmin(`/${warehouseId}`, { method: 'PUT', body: { priority: 1 } });
    expectProblem(late, 404, 'WAREHOUSE_NOT_FOUND');
  });

  it('need a code and a name, and have one code each', async () => {
    const minimal = (await register({ code: 'MIN', name: 'm' })).json;
    expect(minimal).toMatchObject({ address: null, isActive: true, priority: 1, latitude: null });
    expectProblem(await register({ code: 'MIN', name: 'again' }), 409, 'ALREADY_EXISTS');
    const other = await registered({ code: 'OTHER' });
    const taking = { method: 'PUT', body: { code: 'MIN' } };
    expectProblem(await asAdmin(`/${other.warehouseId}`, taking), 409, 'ALREADY_EXISTS');
    const racers = await Promise.all(
      Array.from({ length: 6 }, () => register({ code: 'RACE', name: 'r' })),
    );
    expect(racers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('are answered the same again under an idempotency key, refusals included', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await register({ code: 'KEY', name: 'k' }, headers);
    const again = await register({ code: 'KEY', name: 'k' }, headers);
    expect([again.status, again.json]).toEqual([201, first.json]);
    const another = await register({ code: 'KEY-2', name: 'k' }, headers);
    expectProblem(another, 422, 'IDEMPOTENCY_KEY_REUSED');

    const refused = { 'idempotency-key': randomUUID() };
    expectProblem(await register({ code: 'KEY', name: 'x' }, refused), 409, 'ALREADY_EXISTS');
    const { warehouseId } = first.json as Warehouse;
    expect((await asAdmin(`/${warehouseId}`, { method: 'DELETE' })).status).toBe(204);
    expectProblem(await register({ code: 'KEY', name: 'x' }, refused), 409, 'ALREADY_EXISTS');
    expect((await register({ code: 'KEY', name: 'x' })).status).toBe(201);
  });

  it('are listed by region and activity, page by page', async () => {
    const region = `region-${randomUUID()}`;
    const codes = ['L1', 'L2', 'L3'].map((code) => ({ code, isActive: code !== 'L2' }));
    const all: string[] = [];
    for (const each of codes) all.push((await registered({ ...each, region })).warehouseId);
    const list = async (query: string) => {
      const answer = await world.call(`${path}?region=${region}&${query}`, { role: 'viewer' });
      const { items, nextCursor } = answer.json as { items: Warehouse[]; nextCursor: string };
      return { ids: items.map(({ warehouseId }) => warehouseId), nextCursor };
    };
    expect(await list('')).toEqual({ ids: all, nextCursor: null });
    expect((await list('active=true')).ids).toEqual([all[0], all[2]]);
    expect((await list('active=false')).ids).toEqual([all[1]]);
    const first = await list('limit=2');
    expect(first.ids).toEqual(all.slice(0, 2));
    expect(await list(`limit=2&cursor=${first.nextCursor}`)).toEqual({
      ids: all.slice(2),
      nextCursor: null,
    });
  });

  it('show their stock, and stay where there is some', async () => {
    const { warehouseId } = await registered({ code: 'STOCK' });
    const inventory = (query = '') => world.call(`${path}/${warehouseId}/inventory${query}`);
    expect((await inventory()).json).toEqual({ items: [], nextCursor: null });
    const first = await made({ warehouseId, quantity: 0 });
    const second = await made({ warehouseId });
    expect((await inventory()).json).toEqual({ items: [first, second], nextCursor: null });
    const page = (await inventory('?limit=1')).json as { items: unknown[]; nextCursor: string };
    expect(page.items).toEqual([first]);
    const next = await inventory(`?limit=1&cursor=${page.nextCursor}`);
    expect(next.json).toEqual({ items: [second], nextCursor: null });

    const removal = await asAdmin(`/${warehouseId}`, { method: 'DELETE' });
    expectProblem(removal, 409, 'WAREHOUSE_IN_USE');
    const off = { method: 'PUT', body: { isActive: false } };
    expect((await asAdmin(`/${warehouseId}`, off)).json).toMatchObject({ isActive: false });
    expectProblem(await create({ warehouseId }), 409, 'WAREHOUSE_INACTIVE');
    expect((await inventory()).json).toMatchObject({ items: [first, second] });
    const unknown = await world.call(`${path}/${randomUUID()}/inventory`);
    expectProblem(unknown, 404, 'WAREHOUSE_NOT_FOUND');
  });

  it('show stock that lies where none is registered', async () => {
    const warehouseId = randomUUID();
    await world.query(
      `INSERT INTO stock_items (id, product_id, warehouse_id, baselined)
       VALUES (gen_random_uuid(), gen_random_uuid(), $1, true)`,
      [warehouseId],
    );
    const answer = await world.call(`${path}/${warehouseId}/inventory`);
    expect(answer.json).toMatchObject({ items: [{ warehouseId }] });
  });

  it.each([
    ['no code', { code: undefined }, 'body.code'],
    ['an empty code', { code: '' }, 'body.code'],
    ['a code of 21 characters', { code: 'x'.repeat(21) }, 'body.code'],
    ['a code with a blank', { code: 'a b' }, 'body.code'],
    ['no name', { name: undefined }, 'body.name'],
    ['a name of 256 characters', { name: 'x'.repeat(256) }, 'body.name'],
    ['a NUL', { city: 'a\u0000' }, 'body.city'],
    ['a long region', { region: 'x'.repeat(51) }, 'body.region'],
    ['a latitude beyond the pole', { latitude: 90.1, longitude: 0 }, 'body.latitude'],
    ['a longitude beyond the line', { latitude: 0, longitude: -180.1 }, 'body.longitude'],
    ['half a position', { latitude: 1 }, 'body.longitude'],
    ['the other half', { longitude: 1 }, 'body.longitude'],
    ['a negative priority', { priority: -1 }, 'body.priority'],
    ['a fraction of a priority', { priority: 0.5 }, 'body.priority'],
    ['a huge priority', { priority: 1e9 }, 'body.priority'],
    ['a word for active', { isActive: 'yes' }, 'body.isActive'],
    ['an id of its own', { warehouseId: randomUUID() }, 'body'],
  ])('refuse %s', async (_name, wrong, field) => {
    const answer = await register({ code: 'BAD', name: 'bad', ...wrong });
    const { errors } = expectProblem(answer, 400, 'INVALID_REQUEST');
    expect(errors?.map((error) => error.field)).toEqual([field]);
  });

  it('refuse a change of nothing, or to half a position', async () => {
    const { warehouseId } = await registered({ code: 'HALF', latitude: 1, longitude: 2 });
    for (const body of [{}, { latitude: 5 }, { latitude: null }, { name: null }]) {
      const answer = await asAdmin(`/${warehouseId}`, { method: 'PUT', body });
      expectProblem(answer, 400, 'INVALID_REQUEST');
    }
  });
});
