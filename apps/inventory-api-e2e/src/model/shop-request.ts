import fc from 'fast-check';

/** What a client does next; orders, items and reservations by their place in the shop's lists. */
export type ShopRequest =
  | {
      readonly type: 'reserve';
      readonly order: number;
      readonly lines: readonly { readonly item: number; readonly quantity: number }[];
    }
  | { readonly type: 'commit' | 'cancel'; readonly hold: number; readonly quantity?: number }
  | { readonly type: 'extend'; readonly hold: number }
  | { readonly type: 'commitOrder' | 'cancelOrder' | 'extendOrder'; readonly order: number }
  | { readonly type: 'readOrder'; readonly order: number }
  | { readonly type: 'passTime'; readonly order: number }
  | { readonly type: 'adjust'; readonly item: number; readonly delta: number }
  | { readonly type: 'check'; readonly item: number }
  | { readonly type: 'repeat' };

export const ORDERS = 3;
export const ITEMS = 3;

const order = fc.nat(ORDERS - 1);
const item = fc.nat(ITEMS - 1);
const quantity = fc.integer({ min: 1, max: 5 });
const hold = fc.nat(20);
const line = fc.record({ item, quantity });

const always = <T extends string>(type: T) => fc.constant(type);

/** Reservations more often than the rest: the others need something to be about. */
export const shopRequest: fc.Arbitrary<ShopRequest> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: always('reserve'),
      order,
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      { type: fc.constantFrom('commit' as const, 'cancel' as const), hold, quantity },
      { requiredKeys: ['type', 'hold'] },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom('commitOrder' as const, 'cancelOrder' as const, 'extendOrder' as const),
      order,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: always('extend'), hold }) },
  { weight: 2, arbitrary: fc.record({ type: always('passTime'), order }) },
  { weight: 2, arbitrary: fc.record({ type: always('readOrder'), order }) },
  { weight: 2, arbitrary: fc.record({ type: always('check'), item }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: always('adjust'),
      item,
      delta: fc.integer({ min: -5, max: 5 }).filter((delta) => delta !== 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: always('repeat') }) },
);
