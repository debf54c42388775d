export type StoredReservationStatus = 'PENDING' | 'COMMITTED' | 'CANCELLED' | 'EXPIRED';

export interface StoredReservation {
  id: string;
  orderId: string;
  userId: string | null;
  itemId: string;
  quantity: number;
  status: StoredReservationStatus;
  /** Epoch milliseconds. */
  expiresAtMs: number;
  correlationId: string;
  /** It was sold, and the units came back. */
  isReturned: boolean;
}

/** In the order of `toStoredReservation`. */
export const RESERVATION_COLUMNS = `r.id, r.order_id, r.user_id, r.item_id, r.quantity, r.status,
  round(extract(epoch FROM r.expires_at) * 1000)::float8, r.correlation_id,
  r.returned_at IS NOT NULL`;

export type ReservationValues = [
  string,
  string,
  string | null,
  string,
  number,
  StoredReservationStatus,
  number,
  string,
  boolean,
];

export function toStoredReservation(values: ReservationValues): StoredReservation {
  return {
    id: values[0],
    orderId: values[1],
    userId: values[2],
    itemId: values[3],
    quantity: values[4],
    status: values[5],
    expiresAtMs: values[6],
    correlationId: values[7],
    isReturned: values[8],
  };
}
