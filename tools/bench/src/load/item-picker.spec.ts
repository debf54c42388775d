import { createItemPicker } from './item-picker';
import { createRandom } from './random';

function picks(skew: 'uniform' | 'zipf'): number[] {
  const counts = Array<number>(100).fill(0);
  const pick = createItemPicker(100, skew, createRandom(7));
  for (let drawn = 0; drawn < 100_000; drawn += 1) {
    const item = pick();
    counts[item] = (counts[item] ?? NaN) + 1;
  }
  return counts;
}

describe('createItemPicker', () => {
  it('treats all items alike', () => {
    for (const count of picks('uniform')) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  });

  it('picks the n-th item in proportion to 1/n', () => {
    const [first = 0, second = 0, , fourth = 0] = picks('zipf');
    expect(first / second).toBeCloseTo(2, 0);
    expect(first / fourth).toBeCloseTo(4, 0);
  });
});
