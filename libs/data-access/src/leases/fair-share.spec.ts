import { fairShare } from './fair-share';

describe('fairShare', () => {
  it('gives a lone member everything', () => {
    expect(fairShare(64, [4711], 4711)).toBe(64);
  });

  it.each([
    [64, 2, [32, 32]],
    [64, 3, [22, 21, 21]],
    [4, 3, [2, 1, 1]],
    [2, 3, [1, 1, 0]],
  ])('shares %i partitions among %i members without a rest', (partitions, count, shares) => {
    const members = Array.from({ length: count }, (_, index) => 100 - index * 7);
    const sorted = [...members].sort((a, b) => a - b);
    expect(sorted.map((member) => fairShare(partitions, members, member))).toEqual(shares);
  });

  it('gives nothing to one who is not a member', () => {
    expect(fairShare(64, [1, 2], 3)).toBe(0);
  });
});
