export type ReservationStatus = 'PENDING' | 'COMMITTED' | 'CANCELLED' | 'EXPIRED';

/** Units of one item, held for one order. All statuses but PENDING are terminal. */
export interface Reservation {
  id: string;
  orderId: string;
  userId: string | null;
  itemId: string;
  /** Units held; once committed, units sold. */
  quantity: number;
  status: ReservationStatus;
  /** From this instant of the database's clock on the hold is void, swept or not. */
  expiresAtMs: number;
  /** The units were sold and have come back, which they do once. */
  isReturned: boolean;
}
