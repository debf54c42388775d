import type { StockState } from '../stock-state';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import type { Reservation } from './reservation';

/** What a reservation command is decided on: the locked state of everything that it may touch. */
export interface ReservationSlice {
  /** The database's clock, the only one that decides whether a hold's time has passed. */
  nowMs: number;
  /** Items by id: those of the lines and those of the reservations. */
  items: ReadonlyMap<string, StockState>;
  policyOf(itemId: string): ThresholdPolicy;
  /**
   * Oldest first: every reservation of the order or of the ids that the command names, and for
   * `reserve` also every overdue PENDING one of its items. Others do no harm.
   */
  reservations: readonly Reservation[];
}
