import { setTimeout as delay } from 'node:timers/promises';

export interface Repetition {
  start(): void;
  /** Rejects with what the work threw. */
  stop(): Promise<void>;
}

/** Does something again and again, each time when the time before is over. */
export function repeat(intervalMs: number, work: () => Promise<void> | void): Repetition {
  let isRunning = false;
  let running = Promise.resolve();
  async function run(): Promise<void> {
    while (isRunning) {
      await work();
      await delay(intervalMs);
    }
  }
  return {
    start() {
      isRunning = true;
      running = run();
      running.catch(() => undefined); // told by `stop`
    },
    async stop() {
      isRunning = false;
      await running;
    },
  };
}
