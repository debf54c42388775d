import { update } from '../checker/testing/sample-operations';
import type { UpdateOperation } from '../workload/operation';
import { explainItem } from './explain-item';
import { NEVER_SEEN, tellUpdate } from './item-story';

/** What must be seen when the updates are handled in this order. */
function seenOf(updates: readonly UpdateOperation[]) {
  let item = NEVER_SEEN;
  return updates.flatMap((each) => {
    const { after, events } = tellUpdate(item, each);
    item = after;
    return events.length > 0 ? [{ eventId: each.eventId, events }] : [];
  });
}

const [a, b, c] = [update('a', 30), update('b', 5), update('c', 0)];

describe('explainItem', () => {
  it('tells what the item must be when its updates had their effects in order', () => {
    expect(explainItem([[a, b, c]], seenOf([a, b, c]))).toMatchObject({ quantity: 0 });
  });

  it('finds an order for lanes that nothing orders among themselves', () => {
    expect(explainItem([[a, c], [b]], seenOf([a, b, c]))).toMatchObject({ quantity: 0 });
    expect(explainItem([[a, c], [b]], seenOf([a, c, b]))).toMatchObject({ quantity: 5 });
  });

  it.each([
    ['another order within a lane', [[a, b, c]], seenOf([a, c, b])],
    ['an effect that is missing', [[a, b, c]], seenOf([a, b])],
    ['an effect too many', [[a, b]], seenOf([a, b, c])],
  ])('has no explanation for %s', (_, lanes, seen) => {
    expect(explainItem(lanes, seen)).toBeUndefined();
  });
});
