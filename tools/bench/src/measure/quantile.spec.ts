import { quantile } from './quantile';

describe('quantile', () => {
  it.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])('%f of 1..100 is %i', (q, expected) => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantile(values, q)).toBe(expected);
  });

  it('of one value is that value', () => {
    expect(quantile([7], 0.99)).toBe(7);
  });
});
