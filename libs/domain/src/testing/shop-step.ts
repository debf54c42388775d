import fc from 'fast-check';
import type { StockCommand } from '../stock-command';
import { stockCommandArbitrary } from './arbitraries';

export const ITEM_IDS = ['a', 'b', 'c'] as const;
const ORDER_IDS = ['o1', 'o2', 'o3'] as const;

/** A target as random numbers can name one: by order, or by picking from what exists by then. */
export type TargetStep =
  { orderId: string; itemId: string | undefined } | { picks: readonly number[] };

export type ShopStep =
  | { kind: 'stock'; itemId: string; command: StockCommand }
  | { kind: 'wait'; ms: number }
  /** The latest reservation command once more. */
  | { kind: 'repeat' }
  | {
      kind: 'reserve';
      orderId: string;
      ttlMs: number;
      scope: 'order' | 'items';
      lines: { itemId: string; quantity: number }[];
    }
  | { kind: 'commit' | 'cancel'; target: TargetStep; quantity: number | undefined }
  | { kind: 'restock'; orderId: string }
  | { kind: 'extend'; target: TargetStep; ttlMs: number }
  | { kind: 'expire'; target: TargetStep };

const itemId = fc.constantFrom(...ITEM_IDS);
const orderId = fc.constantFrom(...ORDER_IDS);
const ttlMs = fc.integer({ min: 1, max: 30 });
const quantity = fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined, freq: 2 });

const target: fc.Arbitrary<TargetStep> = fc.oneof(
  fc.record({ orderId, itemId: fc.option(itemId, { nil: undefined, freq: 2 }) }),
  fc.record({ picks: fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 3 }) }),
);

const reserve: fc.Arbitrary<ShopStep> = fc.record({
  kind: fc.constant('reserve' as const),
  orderId,
  ttlMs,
  scope: fc.constantFrom('order' as const, 'order' as const, 'items' as const),
  lines: fc.array(
    fc.record({
      // Now and then an item that is not there.
      itemId: fc.oneof(
        { arbitrary: itemId, weight: 30 },
        { arbitrary: fc.constant('z'), weight: 1 },
      ),
      quantity: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

const shopStep: fc.Arbitrary<ShopStep> = fc.oneof(
  { arbitrary: reserve, weight: 8 },
  {
    arbitrary: fc.record({
      kind: fc.constant('stock' as const),
      itemId,
      command: stockCommandArbitrary,
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.integer({ min: 1, max: 12 }),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      kind: fc.constantFrom('commit' as const, 'cancel' as const),
      target,
      quantity,
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ kind: fc.constant('restock' as const), orderId }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('extend' as const), target, ttlMs }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('expire' as const), target }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('repeat' as const) }), weight: 2 },
);

/** Few items, few orders, short times and many steps, so that steps meet. */
export const historyArbitrary: fc.Arbitrary<ShopStep[]> = fc.array(shopStep, {
  minLength: 1,
  maxLength: 60,
  size: 'max',
});
