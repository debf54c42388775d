import type { ItemEvent } from '../events/item-event';
import type { ReservationFailureReason } from '../events/reservation-event';
import type { Movement } from '../movement';
import type { StockState } from '../stock-state';
import type { Reservation } from './reservation';

/**
 * What became of a reservation command.
 * Done: `reserved`, `committed`, `cancelled`, `released` (a part was cancelled), `restocked` (sold
 * units came back), `extended`, and `expired` as the answer to `expire`.
 * Done before: `already_reserved` (the same lines are held), `already_committed`,
 * `already_cancelled`.
 * Refused: `expired`, `not_overdue`, `not_found`, `insufficient_stock`, `discontinued`,
 * `exceeds_reserved` (more than is held), `quantity_too_large` (more than can be stored would come
 * back), `invalid` (no count of units, no lines, no time).
 */
export type ReservationOutcome =
  | 'reserved'
  | 'already_reserved'
  | 'committed'
  | 'already_committed'
  | 'cancelled'
  | 'already_cancelled'
  | 'released'
  | 'restocked'
  | 'extended'
  | 'expired'
  | 'not_overdue'
  | 'not_found'
  | 'insufficient_stock'
  | 'discontinued'
  | 'exceeds_reserved'
  | 'quantity_too_large'
  | 'invalid';

/** An item of which the order wants more than it can have. */
export interface Shortage {
  itemId: string;
  /** The sum of the order's lines of the item. */
  requested: number;
  /** What the order could have, its own hold included. */
  available: number;
  reason: ReservationFailureReason;
}

export interface ReservationDecision {
  outcome: ReservationOutcome;
  /**
   * One per short item, in the order of the lines, whenever a `reserve` fails for want of stock.
   * Nothing numbers the events of an unknown item, so PRODUCT_NOT_FOUND stands here only.
   */
  shortages: readonly Shortage[];
  /** What the answer is about, as it is now, whether or not this command changed it. */
  reservations: readonly Reservation[];
  created: readonly Reservation[];
  /** Changed ones, overdue holds of other orders that were reclaimed included. */
  updated: readonly Reservation[];
  /** Changed states by item id. */
  items: ReadonlyMap<string, StockState>;
  /** Item by item, each item's in the order of its sequence. */
  events: readonly { itemId: string; event: ItemEvent }[];
  movements: readonly { itemId: string; movement: Movement }[];
}
