import type { StockState } from '../stock-state';
import { createItemChange, type ItemChange } from './create-item-change';
import type { Reservation } from './reservation';
import type { ReservationDecision, ReservationOutcome, Shortage } from './reservation-decision';
import type { ReservationSlice } from './reservation-slice';

/** Collects what a command does to reservations and their items until it is decided. */
export interface ReservationDraft {
  /** The one change of an item that the command makes. */
  changeOf(itemId: string): ItemChange;
  /** What is available of an item by now. */
  availableOf(itemId: string): number;
  create(reservation: Reservation): void;
  update(reservation: Reservation): void;
  /** The decision; its answer is about the reservations given, as they are by now. */
  finish(
    outcome: ReservationOutcome,
    answer?: readonly Reservation[],
    shortages?: readonly Shortage[],
  ): ReservationDecision;
}

export function createReservationDraft(slice: ReservationSlice): ReservationDraft {
  const changes = new Map<string, ItemChange>();
  const created: Reservation[] = [];
  const updated = new Map<string, Reservation>();

  return {
    changeOf(itemId) {
      const begun = changes.get(itemId);
      if (begun !== undefined) return begun;
      const state = slice.items.get(itemId);
      if (state === undefined) throw new Error(`the slice lacks item ${itemId} of a reservation`);
      const change = createItemChange(state, slice.policyOf(itemId));
      changes.set(itemId, change);
      return change;
    },
    availableOf(itemId) {
      const state = slice.items.get(itemId);
      return changes.get(itemId)?.available() ?? (state ? state.onHand - state.reserved : 0);
    },
    create: (reservation) => void created.push(reservation),
    update: (reservation) => void updated.set(reservation.id, reservation),
    finish(outcome, answer = [], shortages = []) {
      const reservations = answer.map((reservation) => updated.get(reservation.id) ?? reservation);
      const rows = { reservations, created, updated: [...updated.values()] };
      return { outcome, shortages, ...rows, ...finishChanges(changes) };
    },
  };
}

function finishChanges(changes: ReadonlyMap<string, ItemChange>) {
  const items = new Map<string, StockState>();
  const events: ReservationDecision['events'][number][] = [];
  const movements: ReservationDecision['movements'][number][] = [];
  for (const [itemId, change] of changes) {
    const finished = change.finish();
    items.set(itemId, finished.state);
    for (const event of finished.events) events.push({ itemId, event });
    for (const movement of finished.movements) movements.push({ itemId, movement });
  }
  return { items, events, movements };
}
