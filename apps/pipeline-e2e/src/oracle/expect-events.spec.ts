import { expectEvents } from './expect-events';
import type { PlainUpdate } from './plain-update';

let count = 0;
function update(quantity: number, rest: Partial<PlainUpdate> = {}): PlainUpdate {
  count += 1;
  return { eventId: `event-${count}`, productId: 'p', quantity, ...rest };
}

function told(updates: PlainUpdate[], rule?: { threshold: number; band: number }): string[] {
  const perProduct = rule && new Map([['p', rule]]);
  const rules = { defaultThreshold: 10, ...(perProduct && { perProduct }) };
  return (expectEvents(updates, rules).get('p') ?? []).map(
    ({ sequence, type, from, to, statuses }) =>
      [sequence, type, `${from}>${to}`, ...(statuses ? [statuses] : [])].join(' '),
  );
}

describe('expectEvents', () => {
  it('tells nothing of a baseline', () => {
    expect(told([update(5)])).toEqual([]);
  });

  it('tells a first sight with a previous quantity as a change', () => {
    expect(told([update(5, { previous: 0 })])).toEqual([
      '1 StockLevelChangedEvent 0>5',
      '2 StockStatusChangedEvent 0>5 OUT_OF_STOCK -> LOW_STOCK',
      '3 BACK_IN_STOCK 0>5',
    ]);
  });

  it('tells the way down and up again', () => {
    expect(told([update(12), update(10), update(0), update(11)])).toEqual([
      '1 StockLevelChangedEvent 12>10',
      '2 StockStatusChangedEvent 12>10 IN_STOCK -> LOW_STOCK',
      '3 LOW_STOCK 12>10',
      '4 LowStockThresholdReachedEvent 12>10',
      '5 StockLevelChangedEvent 10>0',
      '6 StockStatusChangedEvent 10>0 LOW_STOCK -> OUT_OF_STOCK',
      '7 OUT_OF_STOCK 10>0',
      '8 StockLevelChangedEvent 0>11',
      '9 StockStatusChangedEvent 0>11 OUT_OF_STOCK -> IN_STOCK',
      '10 BACK_IN_STOCK 0>11',
    ]);
  });

  it('leaves low stock silently', () => {
    expect(told([update(5), update(11)])).toEqual([
      '1 StockLevelChangedEvent 5>11',
      '2 StockStatusChangedEvent 5>11 LOW_STOCK -> IN_STOCK',
    ]);
  });

  it('stays low inside the band of a rule', () => {
    const rule = { threshold: 10, band: 3 };
    expect(told([update(5), update(13)], rule)).toEqual(['1 StockLevelChangedEvent 5>13']);
    expect(told([update(5), update(14)], rule)).toHaveLength(2);
  });

  it('ignores duplicates and what is older than what came before', () => {
    const again = update(11, { sequence: 2 });
    expect(
      told([
        update(12, { sequence: 1 }),
        again,
        again,
        update(3, { sequence: 1 }),
        update(11, { sequence: 2 }),
      ]),
    ).toEqual(['1 StockLevelChangedEvent 12>11']);
    expect(
      told([
        update(12, { occurredAt: '2024-01-02T00:00:00Z' }),
        update(3, { occurredAt: '2024-01-01T00:00:00Z' }),
      ]),
    ).toEqual([]);
  });

  it('names the threshold that decided', () => {
    const events = expectEvents([update(30, { threshold: 20 }), update(15, { threshold: 20 })], {
      defaultThreshold: 10,
    }).get('p');
    expect(events?.map(({ threshold, source }) => [threshold, source])).toEqual(
      Array(4).fill([20, 'message']),
    );
  });
});
