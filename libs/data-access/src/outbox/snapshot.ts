import { AppError } from '@inventory-events/errors';

/**
 * Which transactions a statement could see, as pg_current_snapshot() writes it: `xmin:xmax:xip,…`.
 * All below xmax are decided, except those in `running`. Ids stay text: they are 64 bits wide.
 */
export interface Snapshot {
  readonly text: string;
  readonly xmax: string;
  readonly running: readonly string[];
}

export function parseSnapshot(text: string): Snapshot {
  const [, xmax, running] = /^\d+:(\d+):([\d,]*)$/.exec(text) ?? [];
  if (xmax === undefined || running === undefined) {
    throw new AppError('INTERNAL', `not a snapshot: ${text.slice(0, 100)}`);
  }
  return { text, xmax, running: running === '' ? [] : running.split(',') };
}
