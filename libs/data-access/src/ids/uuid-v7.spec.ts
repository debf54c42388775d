import { createUuidV7Source } from './uuid-v7';
import { uuidV7Floor } from './uuid-v7-floor';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('createUuidV7Source', () => {
  it('gives valid, strictly increasing ids, also when its counter runs over', () => {
    const source = createUuidV7Source(1_790_000_000_000);
    let previous = uuidV7Floor(1_790_000_000_000);
    for (let count = 0; count < 300_000; count += 1) {
      const id = source.next();
      if (id <= previous || !UUID_V7.test(id)) throw new Error(`${id} after ${previous}`);
      previous = id;
    }
    expect(previous < uuidV7Floor(1_790_000_000_003)).toBe(true);
  });

  it('starts above the floor of its millisecond and stays below the next', () => {
    const id = createUuidV7Source(1_790_000_000_000).next();
    expect(id > uuidV7Floor(1_790_000_000_000)).toBe(true);
    expect(id < uuidV7Floor(1_790_000_000_001)).toBe(true);
  });
});
