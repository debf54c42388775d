import type { ItemName, Operation, UpdateOperation } from './operation';
import { OrderBook } from './order-book';
import { createRandom, type Random } from './random';
import { conflicting, malformed, repeated, toUpdate, type UpdateRoute } from './to-operation';
import { type ItemStyle, WorkloadItem } from './workload-item';

export interface WorkloadOptions {
  readonly seed: number;
  readonly items?: number;
  /** Updates of the two large waves together, without repetitions and the like. */
  readonly updates?: number;
  /** `mixed`: some products through the queue, the others through the hash exchange. */
  readonly routes?: UpdateRoute | 'mixed';
  readonly orders?: number;
}

/**
 * Waves to be sent one after the other, each when the one before it has had its effect. `opening`
 * and `middle` are bursts; each wave of the `finale` is a single operation, so that what happens in
 * it happens once and last.
 */
export interface Workload {
  readonly opening: readonly Operation[];
  readonly middle: readonly Operation[];
  readonly finale: readonly Operation[];
  /** Another finale, for what did not happen in the first. */
  readonly epilogue: readonly Operation[];
  /** What the finale is about, and every event that is too large. */
  readonly finaleItems: readonly ItemName[];
}

const STYLES: readonly ItemStyle[] = ['plain', 'plain', 'numbered', 'dated'];
const STOCK_FOR_ORDERS = 40;
const ITEMS_FOR_ORDERS = 4;

/** Seeded and skewed: a few items get most of the updates, as in a shop. */
export function createWorkload(options: WorkloadOptions): Workload {
  const { seed, items: count = 16, updates = 240, routes = 'queue', orders = 0 } = options;
  const random = createRandom(seed);
  const routeOf = (index: number): UpdateRoute =>
    routes === 'mixed' ? (index % 2 === 0 ? 'queue' : 'exchange') : routes;
  const items = Array.from(
    { length: count },
    (_, index) => new WorkloadItem(random, STYLES[index % 4] ?? 'plain', routeOf(index)),
  );
  const sellable = Array.from(
    { length: orders > 0 ? ITEMS_FOR_ORDERS : 0 },
    (_, index) => new WorkloadItem(random, 'plain', routeOf(index)),
  );
  const opening: Operation[] = [
    ...items.map((item) => item.next()),
    ...sellable.map((item) => item.next(STOCK_FOR_ORDERS)),
    oversized(random),
    ...burst(random, items, updates / 2),
    oversized(random),
  ];
  // Handled long since when they come again, however large a batch is.
  const again = items
    .filter((item) => item.isPlain)
    .flatMap((item) => item.sent.slice(1, 3))
    .map((update) => repeated(random, update));
  const book = new OrderBook(random, sellable);
  const middle: Operation[] = withOrders(random, burst(random, items, updates / 2), book, orders);
  middle.push(...again);
  // What is repeated or late has a successor, so that it was handled when the successor was.
  middle.push(...items.map((item) => item.next()));
  const last = items[0] as WorkloadItem;
  const closing = () => [
    malformed(random, 'queue'),
    oversized(random),
    last.next(50),
    last.next(0),
  ];
  const waves = { opening, middle, finale: closing(), epilogue: closing() };
  const finaleItems = [...opening, ...waves.finale, ...waves.epilogue]
    .filter((operation) => operation.kind === 'update')
    .filter((update) => update.item === last.name || isOversized(update))
    .map((update) => update.item);
  return { ...waves, finaleItems };
}

function burst(random: Random, items: readonly WorkloadItem[], updates: number): Operation[] {
  const operations: Operation[] = [];
  for (let count = 0; count < updates; count += 1) {
    const item = pickSkewed(random, items);
    operations.push(item.next());
    if (random.chance(0.12)) operations.push(repeated(random, random.pick(item.sent)));
    if (random.chance(0.02)) operations.push(conflicting(random, random.pick(item.sent)));
    if (random.chance(0.03)) operations.push(malformed(random, 'queue'));
    const late = random.chance(0.1) ? item.late() : undefined;
    if (late !== undefined) operations.push(late);
  }
  return operations;
}

/** The smaller the number, the more often. */
function pickSkewed(random: Random, items: readonly WorkloadItem[]): WorkloadItem {
  return items[Math.floor(items.length * random.next() ** 2.5)] as WorkloadItem;
}

function withOrders(
  random: Random,
  updates: readonly Operation[],
  book: OrderBook,
  orders: number,
): Operation[] {
  const operations = [...updates];
  const places = Array.from({ length: orders }, () => random.below(operations.length + 1));
  // From the back, so that the places before stay what they are; the book is kept from the front.
  const placed = places.sort((a, b) => a - b).map((place) => ({ place, operation: book.next() }));
  for (const { place, operation } of placed.reverse()) operations.splice(place, 0, operation);
  return operations;
}

const LONG_TEXT = '€'.repeat(100);

/** Its events are too large for a relay with a limit of 1 KiB, and end up parked. */
function oversized(random: Random): UpdateOperation {
  const item = { productId: random.uuid(), variantId: null, warehouseId: null };
  const texts = { sku: LONG_TEXT, correlationId: `${LONG_TEXT}€€` };
  return toUpdate(random, 'queue', { item, quantity: 5, previousQuantity: 6 }, texts);
}

function isOversized({ body }: Operation): boolean {
  return body.includes(LONG_TEXT);
}
