import type { OutboxBatch, OutboxReader } from '@inventory-events/data-access';
import { coerceError } from '@inventory-events/errors';
import { createBackoff, type Logger } from '@inventory-events/service-runtime';
import { setTimeout as delay } from 'node:timers/promises';

export interface ClaimerOptions {
  readonly reader: OutboxReader;
  /** In case a notification is lost. */
  readonly pollMs: number;
  readonly logger: Logger;
  /** How many events there is room for; 0 to wait until `resume`. */
  room(): number;
  partitions(): readonly number[];
  beforeRead(): void;
  onBatch(batch: OutboxBatch): void;
  /** Called for every turn, of waiting as well. */
  onTurn(): void;
}

/** Reads the outbox when it is woken and there is room, one read at a time. */
export class Claimer {
  readonly #options: ClaimerOptions;
  readonly #abort = new AbortController();
  #isWanted = true;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ClaimerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      if (this.#running === undefined) this.#options.onTurn();
      this.wake();
    }, this.#options.pollMs);
  }

  /** There may be something to read. Many calls during one read make one more read. */
  wake(): void {
    this.#isWanted = true;
    this.resume();
  }

  /** There may be room again. */
  resume(): void {
    if (!this.#isWanted || this.#running !== undefined || !this.#mayRead()) return;
    this.#running = this.#run();
  }

  /** What was claimed is void, or more partitions are owned: read from the beginning. */
  restart(): void {
    this.#options.reader.restart();
    this.wake();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    clearInterval(this.#timer);
    await this.#running;
  }

  #mayRead(): boolean {
    const { room, partitions } = this.#options;
    return !this.#abort.signal.aborted && room() > 0 && partitions().length > 0;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const backoff = createBackoff({ initialMs: 100, maxMs: 2000 });
    while (this.#isWanted && this.#mayRead()) {
      this.#isWanted = false;
      this.#options.onTurn();
      try {
        await this.#read();
        backoff.reset();
      } catch (error) {
        this.#isWanted = true;
        this.#options.logger.warn({ err: coerceError(error) }, 'reading the outbox failed');
        await delay(backoff.nextDelayMs(), undefined, { signal }).catch(() => undefined);
      }
    }
    this.#running = undefined;
  }

  async #read(): Promise<void> {
    const { reader, room, partitions, beforeRead, onBatch } = this.#options;
    beforeRead();
    const batch = await reader.read(partitions(), room());
    if (!batch.isCaughtUp) this.#isWanted = true;
    try {
      if (!this.#abort.signal.aborted) onBatch(batch);
    } catch (error) {
      // The reader has moved on: what nobody has taken over would never be read again.
      reader.restart();
      throw error;
    }
  }
}
