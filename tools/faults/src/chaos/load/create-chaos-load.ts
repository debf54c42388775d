import { type ItemName, itemTextOf, type Operation } from '../../workload/operation';
import { createRandom } from '../../workload/random';
import { toUpdate } from '../../workload/to-operation';
import { createWorkload } from '../../workload/create-workload';

export interface ChaosLoad {
  /** What there is to be sold, to be there before anything else happens. */
  readonly stock: readonly Operation[];
  /** In the order of sending. */
  readonly stream: readonly Operation[];
  /** What is ordered over REST, and by nobody else. */
  readonly restItem: ItemName;
  /** Of these orders. */
  readonly restSeed: number;
}

const CHAPTER = { updates: 200, orders: 40, routes: 'mixed' } as const;
const CHAPTERS_OF_A_SEED = 10_000;
const REST_STOCK = 500;

/**
 * As many operations as are asked for, in chapters: each has items of its own, so that no history
 * of an item grows without bounds.
 */
export function createChaosLoad(seed: number, operations: number): ChaosLoad {
  const restSeed = (seed + 1) * CHAPTERS_OF_A_SEED - 1;
  const random = createRandom(restSeed - 1);
  const restItem = { productId: random.uuid(), variantId: null, warehouseId: null };
  const stock: Operation[] = [toUpdate(random, 'queue', { item: restItem, quantity: REST_STOCK })];
  const stream: Operation[] = [];
  for (let chapter = 0; stream.length < operations; chapter += 1) {
    const waves = createWorkload({ ...CHAPTER, seed: seed * CHAPTERS_OF_A_SEED + chapter });
    const all = [...waves.opening, ...waves.middle, ...waves.finale];
    const sold = new Set(all.flatMap(itemsSoldBy));
    for (const operation of all) (isAbout(operation, sold) ? stock : stream).push(operation);
  }
  return { stock, stream: stream.slice(0, operations), restItem, restSeed };
}

function itemsSoldBy(operation: Operation): string[] {
  return operation.kind === 'order' ? operation.lines.map(({ item }) => itemTextOf(item)) : [];
}

function isAbout(operation: Operation, items: ReadonlySet<string>): boolean {
  return operation.kind === 'update' && items.has(itemTextOf(operation.item));
}
