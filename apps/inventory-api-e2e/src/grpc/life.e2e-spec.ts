import { randomUUID } from 'node:crypto';
import { createTcpProxy, serverUrl, waitUntil } from '@inventory-events/testing';
import { as, connectGrpc, refusalOf, type GrpcConnection } from '../world/connect-grpc';
import { createShop } from '../world/create-shop';
import { expectProof } from '../world/expect-proof';
import { insertItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';
import { waitForLockWaiters, whileLocked } from '../world/while-locked';

const SERVING = 1;
const NOT_SERVING = 2;

let world: InventoryWorld;
let grpc: GrpcConnection;
const { stockOf } = createShop(() => world);

afterEach(async () => {
  grpc.close();
  await world.close();
});

async function start(...options: Parameters<typeof startInventoryWorld>): Promise<void> {
  world = await startInventoryWorld(...options);
  grpc = connectGrpc(world.grpcPort);
}

/** What a watcher is told, and how it ends. */
function watch() {
  const seen: number[] = [];
  const ended = (async () => {
    for await (const { status } of grpc.health.watch({})) seen.push(status);
  })().catch((error: { code?: unknown }) => error.code);
  return { seen, ended };
}

describe('the gRPC server', () => {
  it('answers the calls under way when it is told to stop, and takes no more', async () => {
    await start();
    const { productId, inventoryId } = await insertItem(world, { onHand: 100 });
    const order = () => ({ productId, quantity: 1, orderId: randomUUID() });
    const reserve = () => grpc.stock.reserveStock(order(), as('operator'));
    const { seen, ended } = watch();
    await waitUntil(() => seen.at(-1) === SERVING);
    const underWay: Promise<{ success: boolean }>[] = [];
    await whileLocked(world, inventoryId, async () => {
      underWay.push(reserve());
      await waitForLockWaiters(world, 1);
      underWay.push(...Array.from({ length: 20 }, reserve));
      // They came in order over one connection: when this one is answered, they have arrived.
      await grpc.health.check({});
      world.app.signal('SIGTERM');
      await waitUntil(() => seen.at(-1) === NOT_SERVING);
      const UNAVAILABLE = 14;
      expect(await ended).toBe(UNAVAILABLE);
      expect(await refusalOf((options) => grpc.stock.reserveStock(order(), options))).toMatchObject(
        { code: 'UNAVAILABLE' },
      );
    });
    const answers = await Promise.all(underWay);
    expect(answers.map(({ success }) => success)).toEqual(Array(21).fill(true));
    expect(await world.app.exited).toBe(0);
    expect(world.app.logLines().filter(({ level }) => level === 'error')).toEqual([]);
    expect(await stockOf(inventoryId)).toEqual({ onHand: 100, reserved: 21 });
    await expectProof(world);
  });

  it('is not serving while the database is away, refuses, and comes back by itself', async () => {
    const proxy = await createTcpProxy({ target: serverUrl('DATABASE_URL') });
    await start({}, { DATABASE_URL: (url) => proxy.through(url) });
    const { productId } = await insertItem(world);
    const order = { productId, quantity: 1, orderId: randomUUID() };
    const { seen, ended } = watch();
    await waitUntil(() => seen.at(-1) === SERVING);
    await proxy.refuse();
    await waitUntil(() => seen.at(-1) === NOT_SERVING);
    expect(await refusalOf((options) => grpc.stock.reserveStock(order, options))).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'DEPENDENCY_UNAVAILABLE',
    });
    await proxy.accept();
    await waitUntil(() => seen.at(-1) === SERVING);
    expect(await grpc.stock.reserveStock(order, as('operator'))).toMatchObject({ success: true });
    await expectProof(world);
    await world.app.stop();
    await ended;
    await proxy.close();
  });

  it('ends with a port that is taken, and says so', async () => {
    await start();
    const replica = world.startReplica({ GRPC_PORT: String(world.grpcPort) });
    await expect(replica).rejects.toThrow(/grpc-server failed to start/);
  });
});
