import { isDeepStrictEqual } from 'node:util';
import { expectEvents } from '../day/expect-events.mjs';

/** What a reservation event does to a quantity, and what it says is available afterwards. */
const MOVES = {
  InventoryReservedEvent: (data) => ({
    reserved: data.quantityReserved,
    told: data.availableQuantityAfterReservation,
  }),
  InventoryReleasedEvent: (data) => ({
    reserved: -data.quantityReleased,
    told: data.availableQuantityAfterRelease,
  }),
  InventoryCommittedEvent: (data) => ({
    onHand: -data.quantityCommitted,
    reserved: -data.quantityCommitted,
    told: data.availableQuantityAfterCommit,
  }),
};

/**
 * Follows the events of an item, in the order of their sequence, from its opening quantity on. Every
 * event has to come of the one before it, every change has to be told with all that it calls for,
 * and nothing may ever be promised that isn't there.
 */
export function replayItem(events, opening) {
  const state = { onHand: opening, reserved: 0 };
  const replay = { faults: [], changes: [], oversold: 0, wronglyRefused: 0 };
  for (const group of groupByCause(events)) {
    const before = { ...state };
    const stockEvents = group.filter((event) => !followReservation(state, event, replay));
    followLevel({ before, state, stockEvents, replay });
    const types = stockEvents.map(({ type }) => type);
    const expected = expectEvents(before, state);
    if (!isDeepStrictEqual(types, expected)) {
      replay.faults.push(`${types.join(', ')} where ${expected.join(', ')} was called for`);
    }
  }
  return { ...replay, ...state };
}

/** Events of one command, which is judged by what it comes to. */
function groupByCause(events) {
  const groups = [];
  for (const event of events) {
    const group = groups.at(-1);
    if (group?.[0].cause === event.cause) group.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** False where the event is none of a reservation. */
function followReservation(state, { type, data }, replay) {
  if (type === 'InventoryReservationFailedEvent') {
    if (data.quantityAttempted <= state.onHand - state.reserved) replay.wronglyRefused += 1;
    return true;
  }
  if (MOVES[type] === undefined) return false;
  const { onHand = 0, reserved, told } = MOVES[type](data);
  state.onHand += onHand;
  state.reserved += reserved;
  const available = state.onHand - state.reserved;
  replay.oversold = Math.max(replay.oversold, -available);
  if (told !== available) replay.faults.push(`${type} says ${told}, not ${available}`);
  if (state.reserved < 0) replay.faults.push(`${type} leaves ${state.reserved} reserved`);
  return true;
}

function followLevel({ before, state, stockEvents, replay }) {
  const level = stockEvents.find(({ type }) => type === 'StockLevelChangedEvent');
  if (level === undefined) return;
  const { oldQuantity: previous, newQuantity: quantity } = level.data;
  const isSale = state.onHand !== before.onHand;
  if (!isSale) state.onHand = quantity;
  if (previous !== before.onHand || quantity !== state.onHand) {
    replay.faults.push(`the level went from ${previous} to ${quantity}, not from ${before.onHand}`);
  }
  replay.changes.push({ previous, quantity, correlationId: level.correlationId });
}
