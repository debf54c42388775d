import type { Entry } from './entry';
import { isolationWindow } from './isolation-window';

/** Takes from the front as many as may be out beside the most often redelivered one of them. */
export function takeBatch<T>(pending: Entry<T>[], batchSize: number): readonly Entry<T>[] {
  let limit = batchSize;
  let size = 0;
  for (const entry of pending) {
    limit = Math.min(limit, isolationWindow(batchSize, entry.deliveryCount));
    if (size >= limit) break;
    size += 1;
  }
  return pending.splice(0, size);
}
