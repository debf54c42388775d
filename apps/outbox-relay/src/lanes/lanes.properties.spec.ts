import fc from 'fast-check';
import { pendingEvent } from '../testing/pending-event';
import type { Lane, LaneRefill } from './lane';
import { Lanes } from './lanes';

const PARTITIONS = 3;
const ITEMS = 5;

/**
 * A small outbox beside the lanes: committed rows per item, reads that go forward, and a broker that
 * confirms, forgets or refuses what is in flight, in any order, and a database that crashes.
 */
class Model {
  readonly lanes = new Lanes({ partitions: PARTITIONS, eventsPerLane: 2 });
  readonly rows = new Map<number, { item: number }>();
  readonly published = new Map<number, number[]>();
  readonly #confirmed = new Set<number>();
  readonly #inFlight: Lane[] = [];
  readonly #undeleted: { lane: Lane; position: number }[] = [];
  readonly #notOnDisk = new Map<number, { item: number }>();
  readonly #refills: LaneRefill[] = [];
  #nextPosition = 1;
  #readAfter = 0;

  commit(item: number): void {
    this.rows.set(this.#nextPosition, { item });
    this.#nextPosition += 1;
  }

  #eventAt(position: number) {
    const item = this.rows.get(position)?.item ?? 0;
    return pendingEvent({ position, itemId: `item-${item}`, partition: item % PARTITIONS });
  }

  read(limit: number): void {
    this.lanes.forget();
    const positions = [...this.rows.keys()]
      .filter((position) => position > this.#readAfter)
      .filter((position) => this.lanes.owned.has((this.rows.get(position)?.item ?? 0) % PARTITIONS))
      .sort((a, b) => a - b)
      .slice(0, limit);
    this.#readAfter = positions.at(-1) ?? this.#readAfter;
    const events = positions.map((position) => this.#eventAt(position));
    this.#undeleted.push(...this.lanes.add(events));
  }

  own(partition: number): void {
    this.lanes.own(partition);
    this.#readAfter = 0;
  }

  take(): void {
    const lane = this.lanes.take();
    if (lane?.current === undefined) return;
    this.#inFlight.push(lane);
    const item = Number(lane.itemId.slice(5));
    const list = this.published.get(item) ?? [];
    this.published.set(item, list);
    list.push(lane.current.position);
    for (const [position, row] of this.rows) {
      if (row.item !== item || position >= lane.current.position) continue;
      if (!this.#confirmed.has(position)) throw new Error('published before its predecessor');
    }
  }

  settle(nth: number, outcome: 'confirm' | 'lose' | 'fail'): void {
    const [lane] = this.#inFlight.splice(nth % Math.max(1, this.#inFlight.length), 1);
    const event = lane?.current;
    if (lane === undefined || event === undefined) return;
    if (outcome === 'confirm') {
      this.lanes.confirmed(lane);
      this.#confirmed.add(event.position);
      this.#undeleted.push({ lane, position: event.position });
    } else if (outcome === 'lose') {
      this.lanes.giveBack(lane);
    } else if (this.lanes.hold(lane)) {
      this.lanes.resume(lane, event);
    }
  }

  delete(limit = Infinity): void {
    const deleted = this.#undeleted.splice(0, limit);
    for (const { position } of deleted) {
      const row = this.rows.get(position);
      if (row !== undefined) this.#notOnDisk.set(position, row);
      this.rows.delete(position);
    }
    this.lanes.deleted(deleted.map(({ lane }) => lane));
  }

  /** Of the database: deletes don't wait for the disk, and every lease ends with its session. */
  crash(): void {
    for (const [position, row] of this.#notOnDisk) this.rows.set(position, row);
    this.#notOnDisk.clear();
    this.lanes.disownAll();
  }

  flush(): void {
    this.#notOnDisk.clear();
  }

  refill(): void {
    for (const refill of this.#refills.splice(0)) {
      const present = refill.positions.filter((position) => this.rows.has(position));
      this.lanes.refilled(
        refill,
        present.map((position) => this.#eventAt(position)),
      );
    }
    this.#refills.push(...this.lanes.takeRefills(3));
  }

  /** What happens most of the time, in one step. */
  publish(item: number): void {
    this.commit(item);
    this.own(item % PARTITIONS);
    this.read(10);
    this.take();
    this.settle(0, 'confirm');
  }

  drain(): void {
    for (let partition = 0; partition < PARTITIONS; partition += 1) this.own(partition);
    for (let turn = 0; turn < 10_000 && (turn < 10 || this.rows.size > 0); turn += 1) {
      this.read(100);
      this.take();
      this.settle(0, 'confirm');
      this.delete();
      this.refill();
    }
  }
}

const step = fc.oneof(
  fc.nat(ITEMS - 1).map((item) => (model: Model) => model.commit(item)),
  fc.nat(ITEMS - 1).map((item) => (model: Model) => model.publish(item)),
  fc.integer({ min: 1, max: 4 }).map((limit) => (model: Model) => model.read(limit)),
  fc.constant((model: Model) => model.take()),
  fc.tuple(fc.nat(10), fc.constantFrom('confirm', 'confirm', 'lose', 'fail')).map(
    ([nth, outcome]) =>
      (model: Model) =>
        model.settle(nth, outcome),
  ),
  fc.integer({ min: 1, max: 3 }).map((limit) => (model: Model) => model.delete(limit)),
  fc.constant((model: Model) => model.delete()),
  fc.constant((model: Model) => model.flush()),
  fc.constant((model: Model) => model.crash()),
  fc.constant((model: Model) => model.refill()),
  fc.nat(PARTITIONS - 1).map((partition) => (model: Model) => model.own(partition)),
  fc.nat(PARTITIONS - 1).map((partition) => (model: Model) => model.lanes.disown(partition)),
  fc.constant((model: Model) => model.lanes.disownAll()),
);

describe('Lanes, whatever happens in whatever order', () => {
  it('publishes every event of every item, and none before its predecessor', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.boolean(), (steps, crashesLast) => {
        const model = new Model();
        const committed = new Map<number, number[]>();
        for (const run of steps) run(model);
        if (crashesLast) model.crash();
        for (const [position, { item }] of [...model.rows].sort(([a], [b]) => a - b)) {
          committed.set(item, [...(committed.get(item) ?? []), position]);
        }
        model.drain();
        expect(model.rows.size).toBe(0);
        for (const [item, positions] of model.published) {
          // As a consumer that drops what is not newer sees it.
          const accepted = positions.filter(
            (position, index) => position > Math.max(0, ...positions.slice(0, index)),
          );
          expect(accepted).toEqual([...new Set(positions)].sort((a, b) => a - b));
          expect(positions).toEqual(expect.arrayContaining(committed.get(item) ?? []));
        }
        expect(model.lanes.isQuiet()).toBe(true);
        expect([
          model.lanes.load.events,
          model.lanes.load.bytes,
          model.lanes.load.laterEvents,
        ]).toEqual([0, 0, 0]);
      }),
      { numRuns: 1000 },
    );
  });
});
