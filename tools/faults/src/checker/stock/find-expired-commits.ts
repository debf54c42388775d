import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Holds that were committed when their time was over. */
export function findExpiredCommits({ history: { snapshot } }: Evidence): Finding[] {
  return snapshot.reservations.flatMap(({ id, status, committedAtMs, expiresAtMs }): Finding[] => {
    if (status !== 'COMMITTED' || committedAtMs === null || committedAtMs < expiresAtMs) return [];
    const detail = `committed ${committedAtMs - expiresAtMs} ms after its end`;
    return [{ verdict: 'expired hold committed', subject: `hold ${id}`, detail }];
  });
}
