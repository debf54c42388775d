import { insertItem } from '../world/insert-item';
import { createShop } from '../world/create-shop';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

const CALLERS = 32;
/** As in a container of the chart's size. */
const NODE_OPTIONS = '--max-old-space-size=259 --max-semi-space-size=16';

let world: InventoryWorld;
const { reserve } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld({ NODE_OPTIONS });
});

afterAll(() => world.close());

async function fullCollections(): Promise<number> {
  const { text } = await world.call('/metrics', { role: null });
  const count = /^nodejs_gc_duration_seconds_count\{.*kind="major"\} (\d+)$/m.exec(text);
  return Number(count?.[1] ?? 0);
}

async function reserveMany(productId: string, count: number): Promise<void> {
  let left = count;
  const statuses = new Set<number>();
  const callAgain = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      statuses.add((await reserve([{ productId, quantity: 1 }])).status);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, callAgain));
  expect([...statuses]).toEqual([201]);
}

describe('what a request leaves in memory', () => {
  it('is gone with its answer, without a collection of the old generation', async () => {
    const { productId } = await insertItem(world, { onHand: 1_000_000 });
    await reserveMany(productId, 1_000); // what is made once, and compiled, is promoted rightly
    const before = await fullCollections();
    await reserveMany(productId, 3_000);
    // Kept until then, they make one of 500 to 600 requests each.
    expect((await fullCollections()) - before).toBeLessThan(4);
  });
});
