export interface Heartbeat {
  /** Called once per turn of the loop. */
  beat(): void;
  isAlive(): boolean;
}

/** Notices a loop that hangs. Waiting for a dependency must beat too: an outage is not a hang. */
export function createHeartbeat(options: {
  readonly maxSilenceMs: number;
  readonly now?: () => number;
}): Heartbeat {
  const now = options.now ?? (() => performance.now());
  let lastBeat = now();
  return {
    beat() {
      lastBeat = now();
    },
    isAlive: () => now() - lastBeat <= options.maxSilenceMs,
  };
}
