import { readOutboxRows, type PendingEvent } from '@inventory-events/data-access';
import type { Logger } from '@inventory-events/service-runtime';
import type { Pool } from 'pg';
import type { LaneRefill } from '../lanes/lane';
import type { Lanes } from '../lanes/lanes';
import { keepTrying } from './keep-trying';

export interface LaneRefillerOptions {
  readonly pool: Pool;
  readonly lanes: Lanes;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  onRefilled(): void;
}

const MAX_POSITIONS_PER_STATEMENT = 1000;

/** Reads events again that did not fit into their lane; one statement for many lanes. */
export class LaneRefiller {
  readonly #options: LaneRefillerOptions;
  #isRunning = false;

  constructor(options: LaneRefillerOptions) {
    this.#options = options;
  }

  /** Starts a refill where one is needed and none is under way. */
  wake(): void {
    if (this.#isRunning) return;
    const refills = this.#options.lanes.takeRefills(MAX_POSITIONS_PER_STATEMENT);
    if (refills.length > 0) void this.#read(refills);
  }

  async #read(refills: readonly LaneRefill[]): Promise<void> {
    const { pool, lanes, logger, signal, onRefilled } = this.#options;
    this.#isRunning = true;
    const positions = refills.flatMap((refill) => refill.positions);
    const events = await keepTrying(() => readOutboxRows(pool, positions), {
      what: 'reading events again',
      logger,
      signal,
    });
    const byPosition = new Map(events?.map((event) => [event.position, event]));
    for (const refill of refills) {
      const found = refill.positions.map((position) => byPosition.get(position));
      lanes.refilled(refill, found.filter(isPresent));
    }
    this.#isRunning = false;
    onRefilled();
  }
}

function isPresent(event: PendingEvent | undefined): event is PendingEvent {
  return event !== undefined;
}
