import type { OutboxBatch, OutboxReader, PendingEvent } from '@inventory-events/data-access';
import { coerceError } from '@inventory-events/errors';
import type {
  ConfirmPublisher,
  OutgoingMessage,
  PublishOutcome,
} from '@inventory-events/messaging';
import type { Logger } from '@inventory-events/service-runtime';
import type { Pool } from 'pg';
import type { Lane } from '../lanes/lane';
import { Lanes } from '../lanes/lanes';
import type { PublishFailureReason, RelayMetrics } from '../metrics/relay-metrics';
import { Claimer } from './claimer';
import { claimRoom } from './claim-room';
import { ConfirmedDeleter } from './confirmed-deleter';
import { createGate } from './create-gate';
import { FAILURE_CODES } from './failure-codes';
import { FailureRecorder, type PublishFailure, type RetryPolicy } from './failure-recorder';
import { LaneRefiller } from './lane-refiller';
import { RetryTimers } from './retry-timers';
import { toOutgoingMessage } from './to-outgoing-message';

export interface RelayOptions {
  readonly pool: Pool;
  readonly reader: OutboxReader;
  readonly publisher: ConfirmPublisher;
  readonly metrics: RelayMetrics;
  readonly logger: Logger;
  readonly partitions: number;
  readonly batchSize: number;
  readonly bufferEvents: number;
  readonly bufferBytes: number;
  readonly maxMessageBytes: number;
  readonly pollMs: number;
  readonly retry: RetryPolicy;
  onTurn(): void;
}

const EVENTS_PER_LANE = 32;

/**
 * outbox rows → lanes (one per item) → broker → delete.
 *
 * Delivery: at least once, in the order of each item's sequence. An event is published when its
 * predecessor was confirmed (or parked), and deleted when it was confirmed itself; what is lost in
 * between is published again. An outage of the broker or the database costs no attempt.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #lanes: Lanes;
  readonly #claimer: Claimer;
  readonly #deleter: ConfirmedDeleter;
  readonly #failures: FailureRecorder;
  readonly #refiller: LaneRefiller;
  readonly #abort = new AbortController();
  readonly #abandoned = createGate();
  readonly #retries = new RetryTimers();
  #partitions: readonly number[] = [];
  #clockOffsetMs = 0;
  #isPumpScheduled = false;
  #isPublishing = true;

  constructor(options: RelayOptions) {
    this.#options = options;
    const { pool, logger, metrics } = options;
    const { signal } = this.#abort;
    const lanes = new Lanes({ partitions: options.partitions, eventsPerLane: EVENTS_PER_LANE });
    this.#lanes = lanes;
    this.#deleter = new ConfirmedDeleter({
      pool,
      logger,
      signal,
      onDeleted: (deleted) => {
        lanes.deleted(deleted);
        metrics.deleted(deleted.length);
        this.#claimer.resume();
      },
    });
    this.#failures = new FailureRecorder({
      pool,
      logger,
      signal,
      policy: options.retry,
      onHeld: ({ lane, event }, delayMs) => this.#hold(lane, event, delayMs),
      onGone: (failure, wasParked) => this.#gone(failure, wasParked),
    });
    this.#refiller = new LaneRefiller({
      pool,
      lanes,
      logger,
      signal,
      onRefilled: () => this.#pump(),
    });
    this.#claimer = new Claimer({
      reader: options.reader,
      pollMs: options.pollMs,
      logger,
      room: () => this.#room(),
      partitions: () => this.#partitions,
      beforeRead: () => lanes.forget(),
      onBatch: (batch) => this.#onBatch(batch),
      onTurn: () => options.onTurn(),
    });
  }

  get bufferedEvents(): number {
    const { events, laterEvents } = this.#lanes.load;
    return events + laterEvents;
  }

  get ownedPartitions(): ReadonlySet<number> {
    return this.#lanes.owned;
  }

  start(): void {
    this.#claimer.start();
  }

  /** Rows were committed. */
  wake(): void {
    this.#claimer.wake();
  }

  /** The broker accepts publishes again. */
  publisherReady(): void {
    this.#pump();
  }

  acquired(partition: number): void {
    this.#lanes.own(partition);
    this.#partitions = [...this.#lanes.owned];
    this.#claimer.restart();
  }

  /** Resolves when everything of the partition that was sent is confirmed and deleted. */
  async releasing(partition: number): Promise<void> {
    this.#lanes.disown(partition);
    this.#partitions = [...this.#lanes.owned];
    await Promise.race([this.#lanes.whenQuiet(partition), this.#abandoned.opened]);
  }

  /** All partitions are gone at once: whoever owns them now reads the same rows. */
  lost(): void {
    this.#lanes.disownAll();
    this.#partitions = [];
  }

  /** Claims and publishes nothing more; what is in flight still settles. */
  async stopIntake(): Promise<void> {
    this.#isPublishing = false;
    await this.#claimer.stop();
  }

  /** Gives up what has not settled: its rows are still there. */
  abandon(): void {
    this.#isPublishing = false;
    this.#abort.abort();
    this.#abandoned.open();
    this.#retries.cancel();
  }

  #room(): number {
    // While the broker takes nothing, nothing is read.
    if (!this.#options.publisher.isReady()) return 0;
    return claimRoom(this.#lanes.load, this.#deleter.pending, this.#options);
  }

  #onBatch({ rows, databaseTimeMs }: OutboxBatch): void {
    if (databaseTimeMs !== undefined) this.#clockOffsetMs = databaseTimeMs - Date.now();
    if (rows.length === 0) return;
    this.#options.metrics.claimed(rows.length);
    const confirmed = this.#lanes.add(rows);
    for (const { lane, position } of confirmed) this.#deleter.add(lane, position);
    this.#pump();
  }

  #pump(): void {
    const { publisher } = this.#options;
    while (this.#isPublishing && publisher.isWritable()) {
      const lane = this.#lanes.take();
      if (lane === undefined) break;
      this.#publish(lane);
    }
    this.#refiller.wake();
    this.#claimer.resume();
  }

  /** Once per burst of confirms. */
  #schedulePump(): void {
    if (this.#isPumpScheduled) return;
    this.#isPumpScheduled = true;
    process.nextTick(() => {
      this.#isPumpScheduled = false;
      this.#pump();
    });
  }

  #publish(lane: Lane): void {
    const event = lane.current;
    if (event === undefined) return;
    if (event.retryInMs !== null && event.retryInMs > 0 && !lane.mayRetry) {
      this.#hold(lane, event, event.retryInMs);
      return;
    }
    const message = this.#toMessage(lane, event);
    if (message === undefined) return;
    this.#options.publisher.publish(message, (outcome, detail) =>
      this.#settle(lane, event, outcome, detail),
    );
  }

  /** Undefined when it is one that can't be sent, which is a failed attempt. */
  #toMessage(lane: Lane, event: PendingEvent): OutgoingMessage | undefined {
    let message: OutgoingMessage;
    try {
      message = toOutgoingMessage(event);
    } catch (thrown) {
      this.#fail(lane, event, 'refused', coerceError(thrown).message);
      return undefined;
    }
    const { length } = message.content;
    const { maxMessageBytes } = this.#options;
    if (length <= maxMessageBytes) return message;
    this.#fail(lane, event, 'too_large', `${length} bytes, the limit is ${maxMessageBytes}`);
    return undefined;
  }

  #settle(
    lane: Lane,
    event: PendingEvent,
    outcome: PublishOutcome,
    detail: string | undefined,
  ): void {
    const { metrics } = this.#options;
    if (outcome === 'confirmed') {
      this.#lanes.confirmed(lane);
      this.#deleter.add(lane, event.position);
      metrics.published(Date.now() + this.#clockOffsetMs - event.createdAtMs);
    } else if (outcome === 'unknown') {
      this.#lanes.giveBack(lane);
      metrics.unconfirmed();
    } else {
      this.#fail(lane, event, outcome, detail ?? outcome);
    }
    this.#schedulePump();
  }

  #fail(lane: Lane, event: PendingEvent, reason: PublishFailureReason, detail: string): void {
    const { metrics, logger } = this.#options;
    metrics.failed(reason);
    const code = FAILURE_CODES[reason];
    const { eventId, itemId, sequence, correlationId } = event;
    logger.warn(
      { eventId, itemId, sequence, correlationId, code, detail, attempts: lane.attempts + 1 },
      'event not published',
    );
    this.#failures.add({ lane, event, code, detail });
  }

  #hold(lane: Lane, event: PendingEvent, delayMs: number): void {
    if (!this.#lanes.hold(lane) || this.#abort.signal.aborted) return;
    this.#retries.add(delayMs, () => {
      this.#lanes.resume(lane, event);
      this.#schedulePump();
    });
  }

  #gone({ lane }: PublishFailure, wasParked: boolean): void {
    this.#lanes.gone(lane);
    if (wasParked) this.#options.metrics.parked();
    this.#schedulePump();
  }
}
