import { update } from '../checker/testing/sample-operations';
import { type KnownItem, NEVER_SEEN, tellUpdate } from './item-story';

const types = (item: KnownItem, ...rest: Parameters<typeof update>) =>
  tellUpdate(item, update(...rest)).events.map(({ type }) => type);

function known(quantity: number, rest: Partial<KnownItem> = {}): KnownItem {
  const { after } = tellUpdate(NEVER_SEEN, update('u0', quantity));
  return { ...after, ...rest };
}

describe('tellUpdate', () => {
  it('makes a baseline of a first sight, and a change of one that names what was before', () => {
    expect(tellUpdate(NEVER_SEEN, update('u1', 4))).toMatchObject({ events: [], movements: [4] });
    const change = tellUpdate(NEVER_SEEN, update('u1', 4, { previousQuantity: 6 }));
    expect(change).toMatchObject({ events: [{ from: 6, to: 4 }], movements: [6, -2] });
  });

  it.each([
    [20, 15, ['StockLevelChangedEvent']],
    [
      20,
      10,
      [
        'StockLevelChangedEvent',
        'StockStatusChangedEvent',
        'LOW_STOCK',
        'LowStockThresholdReachedEvent',
      ],
    ],
    [5, 0, ['StockLevelChangedEvent', 'StockStatusChangedEvent', 'OUT_OF_STOCK']],
    [0, 5, ['StockLevelChangedEvent', 'StockStatusChangedEvent', 'BACK_IN_STOCK']],
    [5, 20, ['StockLevelChangedEvent', 'StockStatusChangedEvent']],
    [5, 5, []],
  ])('from %i to %i tells %j', (from, to, expected) => {
    expect(types(known(from), 'u1', to)).toEqual(expected);
  });

  it('judges by the threshold of the message, that message alone', () => {
    const { events, after } = tellUpdate(known(30), update('u1', 20, { lowStockThreshold: 25 }));
    expect(events.at(-1)).toMatchObject({ threshold: 25, source: 'message' });
    expect(types(after, 'u2', 20)).toEqual(['StockStatusChangedEvent']);
  });

  it('leaves out what is older than what is known', () => {
    expect(types(known(5, { sourceNumber: 7 }), 'u1', 20, { sequence: 6 })).toEqual([]);
    expect(types(known(5, { sourceNumber: 7 }), 'u1', 20, { sequence: 7 })).not.toEqual([]);
    expect(types(known(5, { sourceClock: 900 }), 'u1', 20, { occurredAt: 899 })).toEqual([]);
  });
});
