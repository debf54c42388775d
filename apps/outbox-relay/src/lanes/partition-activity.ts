/** How many events of each partition are in flight, being settled or being deleted. */
export class PartitionActivity {
  readonly #counts: number[];
  readonly #waiters = new Map<number, (() => void)[]>();

  constructor(partitions: number) {
    this.#counts = new Array<number>(partitions).fill(0);
  }

  begin(partition: number): void {
    this.#counts[partition] = (this.#counts[partition] ?? 0) + 1;
  }

  end(partition: number): void {
    const count = (this.#counts[partition] ?? 0) - 1;
    this.#counts[partition] = count;
    if (count > 0) return;
    for (const resolve of this.#waiters.get(partition) ?? []) resolve();
    this.#waiters.delete(partition);
  }

  isQuiet(): boolean {
    return this.#counts.every((count) => count === 0);
  }

  whenQuiet(partition: number): Promise<void> {
    if (this.#counts[partition] === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const waiters = this.#waiters.get(partition) ?? [];
      this.#waiters.set(partition, waiters);
      waiters.push(resolve);
    });
  }
}
