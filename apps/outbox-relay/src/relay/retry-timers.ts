/** Timers of events that wait for their next attempt, cancelled together. */
export class RetryTimers {
  readonly #timers = new Set<NodeJS.Timeout>();

  add(delayMs: number, retry: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      retry();
    }, delayMs);
    this.#timers.add(timer);
  }

  cancel(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
