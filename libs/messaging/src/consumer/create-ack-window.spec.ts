import fc from 'fast-check';
import { createAckWindow } from './create-ack-window';

describe('createAckWindow', () => {
  it('acknowledges up to the first open tag', () => {
    const acks = createAckWindow();
    acks.settle(2);
    expect(acks.takeAckable()).toBeUndefined();
    acks.settle(1);
    expect(acks.takeAckable()).toBe(2);
    expect(acks.takeAckable()).toBeUndefined();
  });

  it('never acknowledges an open tag and ends with all, in any order', () => {
    const order = fc
      .integer({ min: 1, max: 60 })
      .chain((size) => fc.shuffledSubarray(range(size), { minLength: size, maxLength: size }));
    fc.assert(
      fc.property(order, (tags) => {
        const acks = createAckWindow();
        const settled = new Set<number>();
        let acked = 0;
        for (const tag of tags) {
          acks.settle(tag);
          settled.add(tag);
          acked = acks.takeAckable() ?? acked;
          expect(range(acked).every((each) => settled.has(each))).toBe(true);
        }
        expect(acked).toBe(tags.length);
      }),
    );
  });
});

function range(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index + 1);
}
