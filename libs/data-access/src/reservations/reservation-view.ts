import { NIL_UUID } from '../stock/item-key';
import type { StoredReservationStatus } from './stored-reservation';

/** A reservation as it is told to callers, with the item that it holds. */
export interface ReservationView {
  id: string;
  orderId: string;
  userId: string | null;
  itemId: string;
  productId: string;
  variantId: string | null;
  warehouseId: string | null;
  sku: string | null;
  quantity: number;
  status: StoredReservationStatus;
  reservedAt: Date;
  expiresAt: Date;
  committedAt: Date | null;
  /** Cancelled or found expired. */
  cancelledAt: Date | null;
  /** Its units were sold and have come back. */
  returnedAt: Date | null;
  updatedAt: Date;
}

/**
 * In the order of `toReservationView`, of `reservations r` and `stock_items i`. A hold whose time
 * has passed is told as expired, whether or not a sweep came by.
 */
export const RESERVATION_VIEW_COLUMNS = `r.id, r.order_id, r.user_id, r.item_id, i.product_id,
  i.variant_id, i.warehouse_id, i.sku, r.quantity,
  CASE WHEN r.status = 'PENDING' AND r.expires_at <= statement_timestamp() THEN 'EXPIRED'
    ELSE r.status END, r.reserved_at, r.expires_at, r.committed_at, r.cancelled_at, r.returned_at,
  r.updated_at`;

export type ReservationViewValues = [
  string,
  string,
  string | null,
  string,
  string,
  string,
  string,
  string | null,
  number,
  StoredReservationStatus,
  Date,
  Date,
  Date | null,
  Date | null,
  Date | null,
  Date,
];

export function toReservationView(values: ReservationViewValues): ReservationView {
  return {
    id: values[0],
    orderId: values[1],
    userId: values[2],
    itemId: values[3],
    productId: values[4],
    variantId: values[5] === NIL_UUID ? null : values[5],
    warehouseId: values[6] === NIL_UUID ? null : values[6],
    sku: values[7],
    quantity: values[8],
    status: values[9],
    reservedAt: values[10],
    expiresAt: values[11],
    committedAt: values[12],
    cancelledAt: values[13],
    returnedAt: values[14],
    updatedAt: values[15],
  };
}
