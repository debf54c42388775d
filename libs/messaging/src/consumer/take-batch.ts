import type { Entry } from './entry';
import { stepSize } from './step-size';

/** Takes from the front as many as may go beside the most often redelivered one of them. */
export function takeBatch<T>(pending: Entry<T>[], batchSize: number): readonly Entry<T>[] {
  let limit = batchSize;
  let size = 0;
  for (const entry of pending) {
    limit = Math.min(limit, stepSize(batchSize, entry.deliveryCount));
    if (size >= limit) break;
    size += 1;
  }
  return pending.splice(0, size);
}
