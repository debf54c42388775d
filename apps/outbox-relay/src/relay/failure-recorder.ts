import {
  parkOutboxRow,
  recordOutboxFailures,
  type PendingEvent,
} from '@inventory-events/data-access';
import type { ErrorCode } from '@inventory-events/errors';
import { backoffDelayMs, type Logger } from '@inventory-events/service-runtime';
import type { Pool } from 'pg';
import type { Lane } from '../lanes/lane';
import { keepTrying } from './keep-trying';

export type FailurePolicy = 'park' | 'block';

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly initialMs: number;
  readonly maxMs: number;
  /** After maxAttempts: set the event aside and go on with the item, or keep trying. */
  readonly afterwards: FailurePolicy;
}

/** A message that the broker would not take; connection faults are none of these. */
export interface PublishFailure {
  readonly lane: Lane;
  readonly event: PendingEvent;
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface FailureRecorderOptions {
  readonly pool: Pool;
  readonly policy: RetryPolicy;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** The failed attempt is stored; the next one may be made after the delay. */
  onHeld(failure: PublishFailure, delayMs: number): void;
  /** The row is gone: parked now, or deleted by another relay. */
  onGone(failure: PublishFailure, wasParked: boolean): void;
}

const MAX_ERROR_LENGTH = 500;

/** Stores failed attempts, together what fails together, and parks what has failed too often. */
export class FailureRecorder {
  readonly #options: FailureRecorderOptions;
  #failures: PublishFailure[] = [];
  #isRunning = false;

  constructor(options: FailureRecorderOptions) {
    this.#options = options;
  }

  add(failure: PublishFailure): void {
    failure.lane.attempts += 1;
    this.#failures.push(failure);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    const { policy, signal } = this.#options;
    this.#isRunning = true;
    const isExhausted = ({ lane }: PublishFailure): boolean =>
      policy.afterwards === 'park' && lane.attempts >= policy.maxAttempts;
    await new Promise(setImmediate);
    while (this.#failures.length > 0 && !signal.aborted) {
      const failures = this.#failures;
      this.#failures = [];
      await this.#record(failures.filter((failure) => !isExhausted(failure)));
      for (const failure of failures.filter(isExhausted)) await this.#park(failure);
    }
    this.#isRunning = false;
  }

  async #record(failures: readonly PublishFailure[]): Promise<void> {
    if (failures.length === 0) return;
    const { pool, policy, logger, signal, onHeld, onGone } = this.#options;
    const delays = failures.map(({ lane }) => backoffDelayMs(lane.attempts, policy));
    const rows = failures.map(({ lane, event, code, detail }, index) => ({
      position: event.position,
      attempts: lane.attempts,
      retryInMs: delays[index] ?? policy.maxMs,
      error: `${code}: ${detail}`.slice(0, MAX_ERROR_LENGTH),
    }));
    const existing = await keepTrying(() => recordOutboxFailures(pool, rows), {
      what: 'recording failed attempts',
      logger,
      signal,
    });
    if (existing === undefined) return;
    failures.forEach((failure, index) => {
      if (existing.has(failure.event.position)) onHeld(failure, delays[index] ?? policy.maxMs);
      else onGone(failure, false);
    });
  }

  async #park(failure: PublishFailure): Promise<void> {
    const { pool, logger, signal, onGone } = this.#options;
    const { lane, event, code, detail } = failure;
    const row = {
      position: event.position,
      attempts: lane.attempts,
      errorCode: code,
      errorMessage: detail.slice(0, MAX_ERROR_LENGTH),
    };
    const parked = await keepTrying(() => parkOutboxRow(pool, row), {
      what: 'parking an event',
      logger,
      signal,
    });
    if (parked === undefined) return;
    if (parked) {
      const { eventId, itemId, sequence, correlationId } = event;
      logger.error({ eventId, itemId, sequence, correlationId, code, detail }, 'event parked');
    }
    onGone(failure, parked);
  }
}
