import { backoffDelayMs, createBackoff } from './create-backoff';

describe('createBackoff', () => {
  it('doubles up to the maximum and starts again after a reset', () => {
    const backoff = createBackoff({ initialMs: 100, maxMs: 1_000, jitter: 0 });
    const delays = Array.from({ length: 6 }, () => backoff.nextDelayMs());
    expect(delays).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    backoff.reset();
    expect(backoff.nextDelayMs()).toBe(100);
  });

  it('takes the jitter off the full delay', () => {
    const options = { initialMs: 100, maxMs: 1_000, jitter: 0.5 };
    expect(backoffDelayMs(2, { ...options, random: () => 0 })).toBe(200);
    expect(backoffDelayMs(2, { ...options, random: () => 1 })).toBe(100);
  });

  it('stays finite after any number of attempts', () => {
    expect(backoffDelayMs(5_000, { initialMs: 100, maxMs: 30_000, jitter: 0 })).toBe(30_000);
  });
});
