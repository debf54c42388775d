import fc from 'fast-check';

import { createSequenceGuard, type SequencedEvent } from './create-sequence-guard';

function event(sequence: number | null, productId = 'p'): SequencedEvent {
  return { data: { productId, variantId: null, warehouseId: null, sequence } };
}

describe('createSequenceGuard', () => {
  it('tells new, repeated and missing events apart', async () => {
    const guard = createSequenceGuard();
    expect(await guard.check(event(4))).toBe('new');
    await guard.advance(event(4));
    expect(await guard.check(event(4))).toBe('duplicate');
    expect(await guard.check(event(3))).toBe('duplicate');
    expect(await guard.check(event(5))).toBe('new');
    expect(await guard.check(event(6))).toBe('gap');
  });

  it('forgets nothing by checking, so an event whose handling failed is new again', async () => {
    const guard = createSequenceGuard();
    expect(await guard.check(event(1))).toBe('new');
    expect(await guard.check(event(1))).toBe('new');
  });

  it('counts each item for itself', async () => {
    const guard = createSequenceGuard();
    await guard.advance(event(9, 'a'));
    expect(await guard.check(event(1, 'b'))).toBe('new');
  });

  it('never goes back', async () => {
    const guard = createSequenceGuard();
    await guard.advance(event(5));
    await guard.advance(event(2));
    expect(await guard.check(event(5))).toBe('duplicate');
  });

  it('lets events without a sequence pass', async () => {
    const guard = createSequenceGuard();
    await guard.advance(event(null));
    expect(await guard.check(event(null))).toBe('new');
  });

  it('uses the store it is given', async () => {
    const rows = new Map([['p/-/-', 7]]);
    const guard = createSequenceGuard({
      read: (itemKey) => Promise.resolve(rows.get(itemKey)),
      write: async (itemKey, sequence) => void rows.set(itemKey, sequence),
    });
    expect(await guard.check(event(7))).toBe('duplicate');
    await guard.advance(event(8));
    expect(rows.get('p/-/-')).toBe(8);
  });

  it('handles each event once, however often the broker goes back and repeats', async () => {
    const restarts = fc.array(fc.nat({ max: 20 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(restarts, async (starts) => {
        const guard = createSequenceGuard();
        const handled: number[] = [];
        // A broker that redelivers starts again at or before the first unacknowledged event.
        for (const start of [...starts, 0]) {
          const from = Math.min(start, handled.length);
          const to = Math.min(from + 5, 20);
          for (let sequence = from + 1; sequence <= to; sequence += 1) {
            if ((await guard.check(event(sequence))) !== 'new') continue;
            handled.push(sequence);
            await guard.advance(event(sequence));
          }
        }
        expect(handled).toEqual(handled.map((_, index) => index + 1));
      }),
    );
  });
});
