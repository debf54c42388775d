import { reconnectDelayMs } from './reconnect-delay';

describe('reconnectDelayMs', () => {
  it('doubles up to five seconds', () => {
    const longest = (attempt: number) => reconnectDelayMs(attempt, () => 1);
    expect([1, 2, 3, 7, 100].map(longest)).toEqual([100, 200, 400, 5_000, 5_000]);
  });

  it('is spread over the upper half', () => {
    expect(reconnectDelayMs(3, () => 0)).toBe(200);
    expect(reconnectDelayMs(3, () => 0.5)).toBe(300);
  });
});
