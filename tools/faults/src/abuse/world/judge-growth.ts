import type { Resources } from './sample-resources';

/**
 * What V8 takes once more before it gives back, and what caches of fixed size fill up with. A leak
 * of 200 bytes a request would be more in ten minutes.
 */
const HEAP_GROWTH_BYTES = 16 * 2 ** 20;
const RESIDENT_GROWTH_BYTES = 64 * 2 ** 20;

/** What an idle process holds more of than when it was idle before; undefined: nothing. */
export function judgeGrowth(before: Resources, after: Resources): string | undefined {
  const grown = [
    isMore('heap', before.heapBytes, after.heapBytes, HEAP_GROWTH_BYTES),
    isMore('memory', before.residentBytes, after.residentBytes, RESIDENT_GROWTH_BYTES),
    isMore('open files', before.openFiles, after.openFiles, 0),
    isMore('handles', before.handles, after.handles, 0),
  ].filter((each) => each !== undefined);
  return grown.length === 0 ? undefined : grown.join(', ');
}

function isMore(
  what: string,
  before: number,
  after: number,
  tolerance: number,
): string | undefined {
  return after - before > tolerance ? `${what}: ${after} in place of ${before}` : undefined;
}
