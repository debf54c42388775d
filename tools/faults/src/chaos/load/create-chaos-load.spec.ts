import { itemTextOf } from '../../workload/operation';
import { createChaosLoad } from './create-chaos-load';

const OPERATIONS = 1_000;

describe('createChaosLoad', () => {
  it('is the same for the same seed, and as long as it was asked for', () => {
    const load = createChaosLoad(3, OPERATIONS);
    expect(load).toEqual(createChaosLoad(3, OPERATIONS));
    expect(load).not.toEqual(createChaosLoad(4, OPERATIONS));
    expect(load.stream).toHaveLength(OPERATIONS);
  });

  it('is a beginning of the longer one', () => {
    const { stream } = createChaosLoad(3, OPERATIONS);
    expect(createChaosLoad(3, OPERATIONS / 2).stream).toEqual(stream.slice(0, OPERATIONS / 2));
  });

  it('has all that is sold in stock before, and changes it by orders alone', () => {
    const { stock, stream } = createChaosLoad(3, OPERATIONS);
    const stocked = new Set(stock.map((each) => each.kind === 'update' && itemTextOf(each.item)));
    for (const operation of stream) {
      if (operation.kind === 'update') expect(stocked).not.toContain(itemTextOf(operation.item));
      if (operation.kind !== 'order') continue;
      for (const { item } of operation.lines) expect(stocked).toContain(itemTextOf(item));
    }
  });
});
