export interface SingleFlight {
  /** Starts the work, or joins the run under way. */
  run(): Promise<void>;
  /** Resolves when nothing runs. */
  settled(): Promise<void>;
}

export function createSingleFlight(work: () => Promise<void>): SingleFlight {
  let current: Promise<void> | undefined;
  return {
    run() {
      current ??= work().finally(() => {
        current = undefined;
      });
      return current;
    },
    async settled() {
      await current;
    },
  };
}
