import { quantile } from './quantile';
import { until } from './until';

export interface Stopwatch {
  start(key: string): void;
  /** Only the first stop of a key counts; keys that never started are ignored. */
  stop(key: string): void;
  allStopped(timeoutMs: number): Promise<void>;
  /** In milliseconds. */
  quantile(q: number): number;
}

/** Times many overlapping things by key. */
export function createStopwatch(): Stopwatch {
  const running = new Map<string, number>();
  const elapsed: number[] = [];
  return {
    start: (key) => void running.set(key, performance.now()),
    stop(key) {
      const startedAt = running.get(key);
      if (startedAt === undefined) return;
      running.delete(key);
      elapsed.push(performance.now() - startedAt);
    },
    async allStopped(timeoutMs) {
      const what = 'everything that was started to arrive';
      await until(() => Promise.resolve(running.size === 0), { what, timeoutMs });
    },
    quantile: (q) => quantile(elapsed, q),
  };
}
