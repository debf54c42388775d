import { pendingEvent } from '../testing/pending-event';
import type { Lane } from './lane';
import { Lanes } from './lanes';

const event = (position: number, itemId = 'item', partition = 0) =>
  pendingEvent({ position, itemId, partition });

function lanesOf(eventsPerLane = 32): Lanes {
  const lanes = new Lanes({ partitions: 2, eventsPerLane });
  lanes.own(0);
  lanes.own(1);
  return lanes;
}

function taken(lanes: Lanes): Lane {
  const lane = lanes.take();
  if (lane === undefined) throw new Error('nothing to take');
  return lane;
}
const positionOf = (lane: Lane | undefined): number | undefined => lane?.current?.position;

describe('Lanes', () => {
  it('hands out one event per item, the next when it is confirmed', () => {
    const lanes = lanesOf();
    lanes.add([event(1, 'a'), event(2, 'b'), event(3, 'a')]);
    const a = taken(lanes);
    expect(positionOf(a)).toBe(1);
    expect(positionOf(taken(lanes))).toBe(2);
    expect(lanes.take()).toBeUndefined();
    lanes.confirmed(a);
    expect(positionOf(taken(lanes))).toBe(3);
  });

  it('knows an event until its row can no longer be read', () => {
    const lanes = lanesOf();
    lanes.add([event(1)]);
    const lane = taken(lanes);
    lanes.confirmed(lane);
    lanes.add([event(1)]);
    expect(lanes.take()).toBeUndefined();
    lanes.deleted([lane]);
    lanes.add([event(1)]); // by a read that began before the delete
    expect(lanes.take()).toBeUndefined();
    lanes.forget();
    expect(lanes.load.events).toBe(0);
    lanes.add([event(2)]);
    expect(positionOf(taken(lanes))).toBe(2);
  });

  it('has rows deleted again whose delete the database has forgotten', () => {
    const lanes = lanesOf();
    lanes.add([event(1), event(2)]);
    const lane = taken(lanes);
    lanes.confirmed(lane);
    lanes.confirmed(taken(lanes));
    lanes.deleted([lane]);
    lanes.disownAll(); // with the sessions of a database that crashes
    lanes.own(0);
    lanes.forget();
    expect(lanes.add([event(1), event(2), event(3)])).toEqual([
      { lane, position: 1 },
      { lane, position: 2 },
    ]);
    expect(positionOf(taken(lanes))).toBe(3);
    lanes.deleted([lane, lane, lane]);
    lanes.confirmed(lane);
    lanes.deleted([lane]);
    expect(lanes.isQuiet()).toBe(true);
  });

  it('hands out again, first of all, what was not sent', () => {
    const lanes = lanesOf();
    lanes.add([event(1, 'a'), event(2, 'b'), event(3, 'a')]);
    lanes.giveBack(taken(lanes));
    expect(positionOf(taken(lanes))).toBe(1);
  });

  it('holds an item back while its event waits for the next attempt', () => {
    const lanes = lanesOf();
    lanes.add([event(1, 'a'), event(2, 'a'), event(3, 'b')]);
    const lane = taken(lanes);
    const failed = lane.current;
    lanes.hold(lane);
    expect(positionOf(taken(lanes))).toBe(3);
    expect(lanes.take()).toBeUndefined();
    if (failed) lanes.resume(lane, failed);
    expect(positionOf(taken(lanes))).toBe(1);
    expect(lane.mayRetry).toBe(true);
    lanes.gone(lane);
    expect(positionOf(taken(lanes))).toBe(2);
    expect(lane.mayRetry).toBe(false);
  });

  it('leaves out events of partitions that are not owned', () => {
    const lanes = lanesOf();
    lanes.disown(1);
    lanes.add([event(1, 'a', 1)]);
    expect(lanes.take()).toBeUndefined();
    expect(lanes.load.events).toBe(0);
  });

  it('drops a partition but for what is in flight, and tells when that has settled', async () => {
    const lanes = lanesOf();
    lanes.add([event(1, 'a', 1), event(2, 'a', 1), event(3, 'b', 1), event(4, 'c', 0)]);
    const inFlight = taken(lanes);
    lanes.disown(1);
    expect(lanes.load.events).toBe(2);
    let isQuiet = false;
    const quiet = lanes.whenQuiet(1).then(() => {
      isQuiet = true;
    });
    lanes.confirmed(inFlight);
    await Promise.resolve();
    expect(isQuiet).toBe(false);
    lanes.deleted([inFlight]);
    await quiet;
    expect(positionOf(taken(lanes))).toBe(4);
    await lanes.whenQuiet(1);
  });

  it('appends behind the event in flight when a lost partition comes back', () => {
    const lanes = lanesOf();
    lanes.add([event(1), event(2)]);
    const lane = taken(lanes);
    lanes.disownAll();
    lanes.own(0);
    lanes.add([event(1), event(2), event(3)]);
    expect(lanes.take()).toBeUndefined();
    lanes.giveBack(lane);
    const order = [1, 2, 3].map(() => {
      const next = taken(lanes);
      const position = positionOf(next);
      lanes.confirmed(next);
      return position;
    });
    expect(order).toEqual([1, 2, 3]);
  });

  it('reads an unconfirmed event again when its partition was lost and came back', () => {
    const lanes = lanesOf();
    lanes.add([event(1), event(2)]);
    const lane = taken(lanes);
    lanes.disownAll();
    lanes.giveBack(lane);
    lanes.own(0);
    lanes.add([event(1), event(2)]);
    expect(positionOf(taken(lanes))).toBe(1);
  });

  it('ignores a retry whose lane was dropped meanwhile', () => {
    const lanes = lanesOf();
    lanes.add([event(1)]);
    const lane = taken(lanes);
    const failed = lane.current;
    lanes.hold(lane);
    lanes.disownAll();
    if (failed) lanes.resume(lane, failed);
    expect(lanes.take()).toBeUndefined();
  });

  it('keeps only positions behind the limit of an item, and takes the events in order later', () => {
    const lanes = lanesOf(2);
    lanes.add([1, 2, 3, 4, 5].map((position) => event(position)));
    expect([lanes.load.events, lanes.load.laterEvents]).toEqual([2, 3]);
    lanes.confirmed(taken(lanes));
    lanes.add([event(6)]);
    expect([lanes.load.events, lanes.load.laterEvents]).toEqual([1, 4]);
    expect(lanes.takeRefills(10)).toEqual([]);
    lanes.confirmed(taken(lanes));
    const [refill] = lanes.takeRefills(10);
    expect(refill?.positions).toEqual([3, 4]);
    lanes.add([event(7)]);
    if (refill) lanes.refilled(refill, [event(4)]); // 3 is gone
    expect(positionOf(taken(lanes))).toBe(4);
    expect(lanes.load.laterEvents).toBe(3);
  });

  it('goes on when nothing of a refill exists any more', () => {
    const lanes = lanesOf(1);
    lanes.add([event(1), event(2), event(3)]);
    lanes.confirmed(taken(lanes));
    const [first] = lanes.takeRefills(10);
    if (first) lanes.refilled(first, []);
    const [second] = lanes.takeRefills(10);
    expect(second?.positions).toEqual([3]);
    if (second) lanes.refilled(second, []);
    expect(lanes.load.laterEvents).toBe(0);
    expect(lanes.take()).toBeUndefined();
  });

  it('ignores a refill of a lane that was dropped meanwhile', () => {
    const lanes = lanesOf(1);
    lanes.add([event(1), event(2)]);
    lanes.confirmed(taken(lanes));
    const [refill] = lanes.takeRefills(10);
    lanes.disownAll();
    if (refill) lanes.refilled(refill, [event(2)]);
    expect([lanes.load.events, lanes.load.laterEvents]).toEqual([0, 0]);
    expect(lanes.take()).toBeUndefined();
  });
});
