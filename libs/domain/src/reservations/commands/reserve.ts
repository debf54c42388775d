import { isQuantity } from '../../quantities/is-quantity';
import { createReservationDraft, type ReservationDraft } from '../create-reservation-draft';
import { expireOverdue } from '../holds/expire-overdue';
import { refuseLine } from '../holds/refuse-line';
import { isTtl } from '../is-ttl';
import { findShortages } from '../lines/find-shortages';
import { reclaimOverdue } from '../lines/reclaim-overdue';
import { replaceHolds } from '../lines/replace-holds';
import { sumByItem } from '../lines/sum-by-item';
import type { Reservation } from '../reservation';
import type { ReserveCommand } from '../reservation-command';
import type { ReservationDecision, ReservationOutcome, Shortage } from '../reservation-decision';
import type { ReservationSlice } from '../reservation-slice';

/**
 * Holds all lines for an order, or none. What the order holds already is its own to use: the same
 * lines again are answered with it, other lines replace it, and where they fail, it stays.
 */
export function reserve(
  slice: ReservationSlice,
  command: ReserveCommand,
  nextId: () => string,
): ReservationDecision {
  const draft = createReservationDraft(slice);
  if (!isReservable(command)) return draft.finish('invalid');
  const wanted = sumByItem(command.lines);
  const { orderId, userId = null, ttlMs, scope } = command;
  const own = slice.reservations.filter((reservation) => reservation.orderId === orderId);
  const sold = own.filter(({ status }) => status === 'COMMITTED');
  if (sold.length > 0) return draft.finish('already_committed', sold);

  const pending = own.filter(
    ({ status, itemId }) => status === 'PENDING' && (scope !== 'items' || wanted.has(itemId)),
  );
  const overdue = new Set(expireOverdue(draft, pending, slice.nowMs));
  const live = pending.filter((hold) => !overdue.has(hold));
  const held = sumByItem(live);
  if (areEqual(held, wanted)) return draft.finish('already_reserved', live);

  reclaimOverdue(slice, draft, orderId, { wanted, held });
  const shortages = findShortages(slice, draft, { wanted, held });
  if (shortages.length > 0) {
    refuseLines(draft, { orderId, userId }, shortages);
    return draft.finish(outcomeOf(shortages), live, shortages);
  }
  const terms = { orderId, userId, expiresAtMs: slice.nowMs + ttlMs };
  return draft.finish('reserved', replaceHolds(draft, live, wanted, terms, nextId));
}

function isReservable({ lines, ttlMs }: ReserveCommand): boolean {
  return lines.length > 0 && lines.every(({ quantity }) => isQuantity(quantity, 1)) && isTtl(ttlMs);
}

function areEqual(held: ReadonlyMap<string, number>, wanted: ReadonlyMap<string, number>): boolean {
  return (
    held.size === wanted.size && [...wanted].every(([itemId, sum]) => held.get(itemId) === sum)
  );
}

/** Nothing numbers the events of an item that is not there: the caller tells that one. */
function refuseLines(
  draft: ReservationDraft,
  buyer: Pick<Reservation, 'orderId' | 'userId'>,
  shortages: readonly Shortage[],
): void {
  for (const shortage of shortages) {
    if (shortage.reason !== 'PRODUCT_NOT_FOUND') refuseLine(draft, buyer, shortage);
  }
}

/** The reason that waiting or wanting less helps least against. */
function outcomeOf(shortages: readonly Shortage[]): ReservationOutcome {
  const reasons = new Set(shortages.map(({ reason }) => reason));
  if (reasons.has('PRODUCT_NOT_FOUND')) return 'not_found';
  return reasons.has('PRODUCT_DISCONTINUED') ? 'discontinued' : 'insufficient_stock';
}
