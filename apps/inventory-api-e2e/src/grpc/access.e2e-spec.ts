import { randomUUID } from 'node:crypto';
import { type CallOptions, Metadata } from 'nice-grpc';
import { as, connectGrpc, refusalOf, type GrpcConnection } from '../world/connect-grpc';
import { insertItem } from '../world/insert-item';
import { signToken } from '../world/sign-token';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

const ID = randomUUID();
const ITEM = { item: { $case: 'inventoryId' as const, value: ID } };
const LINES = [{ item: ITEM, quantity: 1 }];
const LINE = { productId: ID, quantity: 1, orderId: ID };
const SERVING = 1;

let world: InventoryWorld;
let grpc: GrpcConnection;

beforeAll(async () => {
  world = await startInventoryWorld({ RATE_LIMIT_PER_MINUTE: '500' });
  grpc = connectGrpc(world.grpcPort);
});

afterAll(async () => {
  grpc.close();
  await world.close();
});

async function listServices(options: CallOptions): Promise<void> {
  const requests = async function* () {
    yield { messageRequest: { $case: 'listServices' as const, value: '' } };
  };
  for await (const _answer of grpc.reflection.serverReflectionInfo(requests(), options)) return;
}

const CALLS: readonly [
  name: string,
  role: string,
  call: (options: CallOptions) => Promise<unknown>,
][] = [
  ['GetInventory', 'viewer', (options) => grpc.inventory.getInventory({ item: ITEM }, options)],
  [
    'CheckAvailability',
    'viewer',
    (options) => grpc.inventory.checkAvailability({ lines: LINES }, options),
  ],
  [
    'ReserveStock',
    'operator',
    (options) => grpc.inventory.reserveStock({ orderId: ID, lines: LINES }, options),
  ],
  [
    'CommitReservation',
    'operator',
    (options) => grpc.inventory.commitReservation({ reservationId: ID }, options),
  ],
  [
    'CancelReservation',
    'operator',
    (options) => grpc.inventory.cancelReservation({ reservationId: ID }, options),
  ],
  [
    'UpdateStock',
    'operator',
    (options) =>
      grpc.inventory.updateStock(
        { item: ITEM, change: { $case: 'newQuantity', value: 1 } },
        options,
      ),
  ],
  ['CheckStock of one product', 'viewer', (options) => grpc.stock.checkStock(LINE, options)],
  ['ReserveStock of one product', 'operator', (options) => grpc.stock.reserveStock(LINE, options)],
  ['ReleaseStock', 'operator', (options) => grpc.stock.releaseStock(LINE, options)],
  ['ServerReflectionInfo', 'viewer', listServices],
];

const withToken = (token: string) => ({
  metadata: Metadata({ authorization: `Bearer ${token}` }),
});

describe.each(CALLS)('%s', (_name, role, call) => {
  it('needs a token', async () => {
    const refusal = { code: 'UNAUTHENTICATED', reason: 'UNAUTHENTICATED' };
    expect(await refusalOf(call, {})).toMatchObject(refusal);
  });

  it(`needs the role ${role}`, async () => {
    const lesser = role === 'viewer' ? 'nobody' : 'viewer';
    expect(await refusalOf(call, as(lesser))).toMatchObject({
      code: 'PERMISSION_DENIED',
      reason: 'FORBIDDEN',
    });
    // Whatever else is said of the request, the role is not what is wrong with it.
    const outcome = await call(as(role)).then(
      () => 'OK',
      (error: { code?: unknown }) => error.code,
    );
    expect(['OK', 5]).toContain(outcome);
    const higher = await call(as('admin')).then(
      () => 'OK',
      (error: { code?: unknown }) => error.code,
    );
    expect(higher).toBe(outcome);
  });
});

describe('a token', () => {
  it.each([
    [
      'of another secret',
      signToken({ roles: ['admin'] }, 'another-secret-of-at-least-32-characters'),
    ],
    ['that has expired', signToken({ roles: ['admin'], exp: 1_000_000_000 })],
    ['without a signature', signToken({ roles: ['admin'], alg: 'none' })],
    ['of another algorithm', signToken({ roles: ['admin'], alg: 'HS512' })],
    ['that is none', 'abc'],
  ])('%s is refused', async (_what, token) => {
    const call = (options: CallOptions) => grpc.stock.checkStock(LINE, options);
    expect(await refusalOf(call, withToken(token))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is not needed for health', async () => {
    expect((await grpc.health.check({})).status).toBe(SERVING);
  });
});

describe('what goes with a call', () => {
  it('is the correlation id, which stands in the events and in the answer', async () => {
    const { productId } = await insertItem(world);
    const correlationId = randomUUID();
    let told: string | undefined;
    await grpc.stock.reserveStock(
      { productId, quantity: 1, orderId: randomUUID() },
      {
        ...as('operator', { 'x-correlation-id': correlationId }),
        onHeader: (header) => (told = header.get('x-correlation-id')),
      },
    );
    expect(told).toBe(correlationId);
    const events = await world.query(
      'SELECT event_type, correlation_id FROM inventory_events WHERE product_id = $1',
      [productId],
    );
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map((event) => event['correlation_id']))).toEqual(
      new Set([correlationId]),
    );
  });

  it('counts for one limit, over HTTP and over gRPC', async () => {
    const subject = `busy-${randomUUID()}`;
    const token = signToken({ roles: ['operator'], sub: subject });
    const overHttp = () => world.call(`/api/v1/inventory/${ID}`, { subject });
    for (let count = 0; count < 250; count += 1) await overHttp();
    const call = (options: CallOptions) => grpc.stock.checkStock(LINE, options);
    for (let count = 0; count < 250; count += 1) await call(withToken(token));
    expect(await refusalOf(call, withToken(token))).toMatchObject({
      code: 'RESOURCE_EXHAUSTED',
      reason: 'RATE_LIMITED',
    });
    expect((await overHttp()).status).toBe(429);
  });

  it('is counted in the metrics', async () => {
    const { text } = await world.call('/metrics', { role: null });
    expect(text).toMatch(
      /grpc_server_handled_total\{method="inventory.stock.v1.StockService\/ReleaseStock",code="UNAUTHENTICATED"[^}]*\} 1\n/,
    );
    expect(text).toContain('grpc_server_handling_seconds_bucket');
  });
});
