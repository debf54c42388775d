import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '../workload/random';
import { toOrderStep, toUpdate } from '../workload/to-operation';
import { waitForRest } from '../world/wait-for-rest';
import { waitUntilReady } from '../world/wait-until-ready';
import type { Scenario } from './scenario';

const TTL_SECONDS = 1;
const ORDERS = 5;

/** Payments come when the holds of their orders are over, before anybody has swept them. */
export const expiredHold: Scenario = {
  name: 'expired hold',
  story: 'orders are paid for when their holds are over',
  points: [],
  async play(world, seed) {
    await waitUntilReady(await world.start('ingest-worker'), await world.start('outbox-relay'));
    const random = createRandom(seed);
    const item = { productId: random.uuid(), variantId: null, warehouseId: null };
    await world.sender.send([toUpdate(random, 'queue', { item, quantity: 100 })]);
    await waitForRest(world);
    const orders = Array.from({ length: ORDERS }, () => random.uuid());
    const lines = [{ item, quantity: 2 }];
    const created = { step: 'order.created', lines, ttlSeconds: TTL_SECONDS } as const;
    await world.sender.send(orders.map((orderId) => toOrderStep(random, { orderId, ...created })));
    await waitForRest(world);
    await delay(TTL_SECONDS * 1_000 + 200);
    const paid = { step: 'payment.successful', lines: [] } as const;
    await world.sender.send(orders.map((orderId) => toOrderStep(random, { orderId, ...paid })));
    return { rest: await waitForRest(world) };
  },
};
