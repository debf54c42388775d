import { isolationWindow } from './isolation-window';

describe('isolationWindow', () => {
  it('is full for messages that come for the first time', () => {
    expect(isolationWindow(1_000, 0)).toBe(1_000);
  });

  it('closes down to one', () => {
    expect([1, 2, 3, 4, 50].map((count) => isolationWindow(1_000, count))).toEqual([
      32, 4, 1, 1, 1,
    ]);
  });

  it('never widens a small window', () => {
    expect(isolationWindow(2, 1)).toBe(2);
  });
});
