import type { PendingEvent } from '@inventory-events/data-access';
import { Fifo } from './fifo';
import { createLane, type Lane, type LaneRefill } from './lane';
import { LaneLoad } from './lane-load';
import { PartitionActivity } from './partition-activity';

export interface LanesOptions {
  readonly partitions: number;
  /** Events kept in memory per item; of those behind them only the position is. */
  readonly eventsPerLane: number;
}

/** An event that the broker has, and whose row is still there. */
export interface ConfirmedEvent {
  readonly lane: Lane;
  readonly position: number;
}

/**
 * What is claimed and not yet published, one lane per item. Pure bookkeeping, no input or output.
 *
 * Guarantee: at most one event of an item is handed out at a time, and its successor only after it
 * was confirmed or is gone. An event comes in once, however often it is read, as long as the reads
 * of an item go forward and `forget` runs before a read that starts over.
 */
export class Lanes {
  readonly #eventsPerLane: number;
  readonly #lanes = new Map<string, Lane>();
  /** Given back unpublished: these go before the others. */
  readonly #again: Lane[] = [];
  readonly #ready = new Fifo<Lane>();
  readonly #refilling = new Fifo<Lane>();
  #deleted: Lane[] = [];
  readonly #owned = new Set<number>();
  readonly #activity: PartitionActivity;
  /** How much is kept in memory. */
  readonly load = new LaneLoad();

  constructor(options: LanesOptions) {
    this.#eventsPerLane = options.eventsPerLane;
    this.#activity = new PartitionActivity(options.partitions);
  }

  get owned(): ReadonlySet<number> {
    return this.#owned;
  }

  own(partition: number): void {
    this.#owned.add(partition);
  }

  /** Drops everything of the partition but what is in flight. */
  disown(partition: number): void {
    this.#owned.delete(partition);
    for (const lane of this.#lanes.values()) {
      if (lane.partition === partition) this.#drop(lane);
    }
  }

  disownAll(): void {
    this.#owned.clear();
    for (const lane of this.#lanes.values()) this.#drop(lane);
  }

  /** Resolves when nothing of the partition is in flight, being settled or being deleted. */
  whenQuiet(partition: number): Promise<void> {
    return this.#activity.whenQuiet(partition);
  }

  isQuiet(): boolean {
    return this.#activity.isQuiet();
  }

  /**
   * Events as a read found them. Those known already, or of a foreign partition, are left out.
   * Returns the confirmed ones among them, each to be told as `deleted` once more: a crash of the
   * database takes deletes back, and nothing else would ever look at these rows again.
   */
  add(events: readonly PendingEvent[]): readonly ConfirmedEvent[] {
    const confirmed: ConfirmedEvent[] = [];
    for (const event of events) {
      if (!this.#owned.has(event.partition)) continue;
      let lane = this.#lanes.get(event.itemId);
      if (lane === undefined) {
        lane = createLane(event.itemId, event.partition);
        this.#lanes.set(event.itemId, lane);
      } else if (event.position <= lane.confirmedPosition) {
        this.#activity.begin(lane.partition);
        lane.undeleted += 1;
        confirmed.push({ lane, position: event.position });
        continue;
      } else if (event.position <= lane.lastPosition) {
        continue;
      }
      lane.lastPosition = event.position;
      this.#append(lane, event);
    }
    return confirmed;
  }

  #append(lane: Lane, event: PendingEvent): void {
    if (lane.queue.length >= this.#eventsPerLane || lane.later.length > 0 || lane.refill) {
      lane.later.push(event.position);
      this.load.laterEvents += 1;
      return;
    }
    lane.queue.push(event);
    this.load.add(event);
    if (lane.state === 'idle') this.#makeReady(lane);
  }

  /** The next lane whose event is to be published; it stands in `current`. */
  take(): Lane | undefined {
    for (;;) {
      const lane = this.#again.pop() ?? this.#ready.shift();
      if (lane === undefined) return undefined;
      // An entry may be stale: the lane was dropped, or queued a second time after that.
      if (lane.state !== 'ready') continue;
      if (lane.current === undefined) {
        lane.current = lane.queue.shift();
        lane.attempts = lane.current?.attempts ?? 0;
        lane.mayRetry = false;
      }
      if (lane.current === undefined) continue;
      lane.state = 'in-flight';
      this.#activity.begin(lane.partition);
      return lane;
    }
  }

  /** The broker has it. The row is still to be deleted; the next event may go. */
  confirmed(lane: Lane): void {
    lane.undeleted += 1;
    lane.confirmedPosition = lane.current?.position ?? lane.confirmedPosition;
    this.#advance(lane);
  }

  /** The rows of these lanes' confirmed events are deleted, once per event. */
  deleted(lanes: readonly Lane[]): void {
    for (const lane of lanes) {
      this.#deleted.push(lane);
      this.#activity.end(lane.partition);
    }
  }

  /**
   * Before every read: rows deleted so far can't be seen by it any more, so their lanes need not
   * remember them. (A read that was under way during the delete may have seen them.)
   */
  forget(): void {
    const lanes = this.#deleted;
    if (lanes.length === 0) return;
    this.#deleted = [];
    for (const lane of lanes) {
      lane.undeleted -= 1;
      this.#removeIfDone(lane);
    }
  }

  /** Not sent, or nobody knows: it is the next one to be handed out, before other lanes. */
  giveBack(lane: Lane): void {
    if (this.#owned.has(lane.partition)) {
      lane.state = 'ready';
      this.#again.push(lane);
    } else {
      this.#discard(lane);
    }
    this.#activity.end(lane.partition);
  }

  /** It failed: nothing of the item goes until `resume`. False when the lane is no longer ours. */
  hold(lane: Lane): boolean {
    const isOurs = this.#owned.has(lane.partition);
    if (isOurs) lane.state = 'held';
    else this.#discard(lane);
    this.#activity.end(lane.partition);
    return isOurs;
  }

  /** The time of the held event has come; ignored when the lane was dropped meanwhile. */
  resume(lane: Lane, event: PendingEvent): void {
    if (lane.state !== 'held' || lane.current !== event) return;
    lane.mayRetry = true;
    lane.state = 'ready';
    this.#ready.push(lane);
  }

  /** The row of the current event is gone without having been published: it was parked. */
  gone(lane: Lane): void {
    lane.confirmedPosition = lane.current?.position ?? lane.confirmedPosition;
    this.#advance(lane);
    this.#activity.end(lane.partition);
  }

  /** Lanes that ran out of events in memory, up to `limit` positions. */
  takeRefills(limit: number): readonly LaneRefill[] {
    const refills: LaneRefill[] = [];
    let taken = 0;
    while (taken < limit) {
      const lane = this.#refilling.shift();
      if (lane === undefined) break;
      if (lane.state !== 'refilling' || lane.refill !== undefined) continue;
      const positions = lane.later.splice(0, this.#eventsPerLane);
      lane.refill = positions;
      taken += positions.length;
      refills.push({ lane, positions });
    }
    return refills;
  }

  /** The events of a refill that still exist, in order. */
  refilled({ lane, positions }: LaneRefill, events: readonly PendingEvent[]): void {
    if (lane.refill !== positions) return;
    lane.refill = undefined;
    this.load.laterEvents -= positions.length;
    for (const event of events) {
      lane.queue.push(event);
      this.load.add(event);
    }
    this.#continue(lane);
  }

  #makeReady(lane: Lane): void {
    lane.state = 'ready';
    this.#ready.push(lane);
  }

  #advance(lane: Lane): void {
    if (lane.current !== undefined) this.load.remove(lane.current);
    lane.current = undefined;
    this.#continue(lane);
  }

  #continue(lane: Lane): void {
    if (lane.queue.length > 0) {
      this.#makeReady(lane);
    } else if (lane.later.length > 0) {
      lane.state = 'refilling';
      this.#refilling.push(lane);
    } else {
      lane.state = 'idle';
      this.#removeIfDone(lane);
    }
  }

  #drop(lane: Lane): void {
    for (const event of lane.queue) this.load.remove(event);
    lane.queue.length = 0;
    this.load.laterEvents -= lane.later.length + (lane.refill?.length ?? 0);
    lane.later = [];
    lane.refill = undefined;
    if (lane.state === 'in-flight') {
      lane.lastPosition = lane.current?.position ?? lane.confirmedPosition;
    } else {
      this.#discard(lane);
    }
  }

  /** Forgets the current event: it will be read again, here or by the new owner. */
  #discard(lane: Lane): void {
    lane.lastPosition = lane.confirmedPosition;
    if (lane.current !== undefined) this.load.remove(lane.current);
    lane.current = undefined;
    lane.state = 'idle';
    this.#removeIfDone(lane);
  }

  #removeIfDone(lane: Lane): void {
    if (lane.state !== 'idle' || lane.undeleted > 0) return;
    if (this.#lanes.get(lane.itemId) === lane) this.#lanes.delete(lane.itemId);
  }
}
