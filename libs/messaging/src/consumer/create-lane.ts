export interface Lane<Entry> {
  push(entry: Entry): void;
  /** Forgets what is not in flight yet. */
  clear(): void;
  whenIdle(): Promise<void>;
}

export interface LaneOptions<Entry> {
  /** Takes the next batch out of `pending`; called with at least one entry in it. */
  take(pending: Entry[]): readonly Entry[];
  run(batch: readonly Entry[]): Promise<void>;
  onError(thrown: unknown): void;
}

/**
 * Natural batching: runs at once when idle, and otherwise the next batch is what arrived while the
 * last one was in flight. The start waits for the end of the current turn, so that the messages of
 * one socket read form one batch.
 */
export function createLane<Entry>(options: LaneOptions<Entry>): Lane<Entry> {
  let pending: Entry[] = [];
  let running = false;
  const waiters: (() => void)[] = [];

  async function runAll(): Promise<void> {
    try {
      while (pending.length > 0) await options.run(options.take(pending));
    } catch (thrown) {
      pending = [];
      options.onError(thrown);
    } finally {
      running = false;
      for (const resolve of waiters.splice(0)) resolve();
    }
  }

  return {
    push(entry) {
      pending.push(entry);
      if (running) return;
      running = true;
      queueMicrotask(() => void runAll());
    },
    clear() {
      pending = [];
    },
    async whenIdle() {
      if (running) await new Promise<void>((resolve) => void waiters.push(resolve));
    },
  };
}
