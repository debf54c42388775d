import type { LaneLoad } from '../lanes/lane-load';

export interface ClaimLimits {
  readonly batchSize: number;
  readonly bufferEvents: number;
  readonly bufferBytes: number;
}

const MAX_LATER_EVENTS = 500_000;
const MAX_UNDELETED = 20_000;

/** How many events may be read next: a whole batch, fewer where they are large, or none. */
export function claimRoom(
  { events, bytes, laterEvents }: Pick<LaneLoad, 'events' | 'bytes' | 'laterEvents'>,
  undeleted: number,
  { batchSize, bufferEvents, bufferBytes }: ClaimLimits,
): number {
  if (laterEvents > MAX_LATER_EVENTS || undeleted > MAX_UNDELETED) return 0;
  if (bufferEvents - events < batchSize || bytes >= bufferBytes) return 0;
  if (bytes === 0) return batchSize;
  const fitting = Math.floor((bufferBytes - bytes) / (bytes / events));
  return Math.max(1, Math.min(batchSize, fitting));
}
