export interface Mutex {
  /** Runs the work when all that came before has ended, well or not. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(work) {
      const result = last.then(work, work);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
