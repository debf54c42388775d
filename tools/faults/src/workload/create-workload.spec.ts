import { createWorkload } from './create-workload';
import { createTwoLaneLoad } from './create-two-lane-load';
import { isValid, itemTextOf, type Operation } from './operation';

function all(seed: number): Operation[] {
  const { opening, middle, finale, epilogue } = createWorkload({
    seed,
    routes: 'mixed',
    orders: 30,
  });
  return [...opening, ...middle, ...finale, ...epilogue];
}

describe('createWorkload', () => {
  it('is the same for the same seed and another for another', () => {
    expect(all(7)).toEqual(all(7));
    expect(all(8)).not.toEqual(all(7));
  });

  it('has every kind of trouble in it', () => {
    const operations = all(1);
    const count = (kind: Operation['kind']) =>
      operations.filter((operation) => operation.kind === kind).length;
    const ids = operations.filter(isValid).map((operation) => operation.eventId);
    expect(ids.length - new Set(ids).size).toBeGreaterThan(10); // repeated
    expect(count('malformed')).toBeGreaterThan(2);
    expect(count('conflict')).toBeGreaterThan(0);
    expect(count('order')).toBe(30);
    expect(new Set(operations.map((operation) => operation.messageId)).size).toBe(
      operations.length,
    );
  });

  it('sends the updates of an item one way', () => {
    const lanes = new Map<string, Set<string>>();
    for (const operation of all(1)) {
      if (operation.kind !== 'update') continue;
      const text = itemTextOf(operation.item);
      lanes.set(text, (lanes.get(text) ?? new Set()).add(operation.lane));
    }
    expect([...lanes.values()].every((ways) => ways.size === 1)).toBe(true);
  });
});

describe('createTwoLaneLoad', () => {
  it('sends some updates both ways, and orders those by nothing', () => {
    const both = createTwoLaneLoad(1).filter(({ lane }) => lane.startsWith('both'));
    expect(both.length).toBeGreaterThan(10);
    expect(new Set(both.map(({ eventId }) => eventId)).size).toBe(both.length / 2);
  });
});
