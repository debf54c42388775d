import { changesOfDay } from './changes-of-day';
import { disturb } from './disturb';
import { loadOrderLines } from './load-order-lines';
import { generateOrderLines } from './generate-order-lines';
import { expectEvents } from '../oracle/expect-events';

describe.each([
  ['the day at hand', loadOrderLines().lines],
  ['a generated day', generateOrderLines()],
])('changesOfDay of %s', (_name, lines) => {
  const changes = changesOfDay(lines);

  it('never goes below zero and follows on from the quantity before', () => {
    const onHand = new Map<string, number>();
    for (const { stockCode, before, update } of changes) {
      expect(before).toBe(onHand.get(stockCode) ?? 0);
      expect(update.quantity).toBeGreaterThanOrEqual(0);
      onHand.set(stockCode, update.quantity);
    }
  });

  it('has its own id for every change', () => {
    expect(new Set(changes.map(({ update }) => update.eventId)).size).toBe(changes.length);
  });

  it('means the same when it is disturbed', () => {
    const disturbed = disturb(changes);
    const meaning = (given: typeof changes) =>
      expectEvents(
        given.map(({ update }) => update),
        { defaultThreshold: 10 },
      );
    expect(disturbed.length).toBeGreaterThan(changes.length + 100);
    expect(meaning(disturbed)).toEqual(meaning(changes));
  });

  it('crosses every threshold many times', () => {
    const updates = changes.map(({ update }) => update);
    const types = [...expectEvents(updates, { defaultThreshold: 10 }).values()]
      .flat()
      .map(({ type }) => type);
    for (const type of ['LOW_STOCK', 'OUT_OF_STOCK', 'BACK_IN_STOCK']) {
      expect(types.filter((told) => told === type).length).toBeGreaterThan(50);
    }
  });
});
