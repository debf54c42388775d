import type { ItemName, UpdateOperation } from './operation';
import { createRandom } from './random';
import { repeated, toUpdate, type UpdateRoute } from './to-operation';

const ITEMS = 3;
const MAX_QUANTITY = 30;

/**
 * Updates of a few items that come through two queues at once, as no producer should send them:
 * nothing orders the two, and all the same every one must have its effect once. Some come through
 * both.
 */
export function createTwoLaneLoad(seed: number, updates = 240): UpdateOperation[] {
  const random = createRandom(seed);
  const items = Array.from({ length: ITEMS }, (): ItemName => ({
    productId: random.uuid(),
    variantId: null,
    warehouseId: null,
  }));
  const operations: UpdateOperation[] = [];
  for (let count = 0; count < updates; count += 1) {
    const route: UpdateRoute = count % 2 === 0 ? 'queue' : 'exchange';
    const facts = { item: random.pick(items), quantity: random.below(MAX_QUANTITY) };
    const update = toUpdate(random, route, facts);
    if (!random.chance(0.2)) {
      operations.push(update);
      continue;
    }
    const other = toUpdate(random, route === 'queue' ? 'exchange' : 'queue', facts);
    // Whichever of the two comes first has the effect: in the order of no other message.
    const lane = `both ${update.eventId}`;
    const { exchange, routingKey } = other;
    operations.push(
      { ...update, lane },
      { ...repeated(random, update), exchange, routingKey, lane },
    );
  }
  return operations;
}
