import { stepSize } from './step-size';

describe('stepSize', () => {
  it('is full for messages that come for the first time', () => {
    expect(stepSize(1_000, 0)).toBe(1_000);
  });

  it('goes down to one', () => {
    expect([1, 2, 3, 4, 50].map((count) => stepSize(1_000, count))).toEqual([32, 4, 1, 1, 1]);
  });

  it('never enlarges a small batch', () => {
    expect(stepSize(2, 1)).toBe(2);
  });
});
