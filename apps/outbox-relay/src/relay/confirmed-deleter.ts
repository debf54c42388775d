import { deleteOutboxRows } from '@inventory-events/data-access';
import type { Logger } from '@inventory-events/service-runtime';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Lane } from '../lanes/lane';
import { keepTrying } from './keep-trying';

export interface ConfirmedDeleterOptions {
  readonly pool: Pool;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Rows are gone: one lane per row. */
  onDeleted(lanes: readonly Lane[]): void;
}

const MAX_ROWS_PER_STATEMENT = 5000;
/** A trickle is deleted so many milliseconds late, together, and leaves the database to others. */
const LINGER_MS = 20;
const ROWS_WORTH_A_STATEMENT = 500;

/**
 * Deletes what the broker has confirmed. One statement at a time; the next one takes all that was
 * confirmed meanwhile, so it costs one transaction per round trip however many events there are.
 * Nobody waits for a delete: a crash before it only means that an event is published again.
 */
export class ConfirmedDeleter {
  readonly #options: ConfirmedDeleterOptions;
  #positions: number[] = [];
  #lanes: Lane[] = [];
  #isRunning = false;

  constructor(options: ConfirmedDeleterOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#positions.length;
  }

  add(lane: Lane, position: number): void {
    this.#positions.push(position);
    this.#lanes.push(lane);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    const { pool, logger, signal, onDeleted } = this.#options;
    this.#isRunning = true;
    while (this.#positions.length > 0 && !signal.aborted) {
      if (this.#positions.length < ROWS_WORTH_A_STATEMENT) await delay(LINGER_MS);
      const positions = this.#positions.splice(0, MAX_ROWS_PER_STATEMENT);
      const lanes = this.#lanes.splice(0, MAX_ROWS_PER_STATEMENT);
      const deleted = await keepTrying(() => deleteOutboxRows(pool, positions), {
        what: 'deleting published events',
        logger,
        signal,
      });
      if (deleted !== undefined) onDeleted(lanes);
    }
    this.#isRunning = false;
  }
}
