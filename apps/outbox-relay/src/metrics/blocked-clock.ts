export interface BlockedClock {
  change(blocked: boolean): void;
  /** In all, the present time included. */
  seconds(): number;
}

export function createBlockedClock(now: () => number = () => performance.now()): BlockedClock {
  let totalMs = 0;
  let since: number | undefined;
  return {
    change(blocked) {
      if (blocked) since ??= now();
      else if (since !== undefined) {
        totalMs += now() - since;
        since = undefined;
      }
    },
    seconds: () => (totalMs + (since === undefined ? 0 : now() - since)) / 1000,
  };
}
