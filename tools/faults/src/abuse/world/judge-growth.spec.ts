import { judgeGrowth } from './judge-growth';

const MEGABYTE = 2 ** 20;
const before = {
  residentBytes: 150 * MEGABYTE,
  heapBytes: 50 * MEGABYTE,
  openFiles: 30,
  handles: 12,
};

describe('judgeGrowth', () => {
  it('is content with the same, with less, and with what V8 takes once', () => {
    expect(judgeGrowth(before, before)).toBeUndefined();
    expect(judgeGrowth(before, { ...before, openFiles: 20, handles: 8 })).toBeUndefined();
    const { residentBytes, heapBytes } = before;
    const warm = { residentBytes: residentBytes + 30 * MEGABYTE, heapBytes: heapBytes + MEGABYTE };
    expect(judgeGrowth(before, { ...before, ...warm })).toBeUndefined();
  });

  it.each([
    ['heap', { heapBytes: 80 * MEGABYTE }],
    ['memory', { residentBytes: 250 * MEGABYTE }],
    ['open files', { openFiles: 31 }],
    ['handles', { handles: 13 }],
  ])('convicts %s that grew', (what, after) => {
    expect(judgeGrowth(before, { ...before, ...after })).toContain(`${what}: `);
  });
});
