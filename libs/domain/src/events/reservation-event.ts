import type { StockEventBase } from './stock-event';

/** Quantities are available: before and after this event alone. */
interface ReservationEventBase extends StockEventBase {
  orderId: string;
  userId: string | null;
}

export interface InventoryReserved extends ReservationEventBase {
  type: 'InventoryReserved';
  reservationId: string;
  quantityReserved: number;
  availableQuantityAfterReservation: number;
}

export type ReservationFailureReason =
  'INSUFFICIENT_STOCK' | 'PRODUCT_NOT_FOUND' | 'PRODUCT_DISCONTINUED';

/** The order got nothing, because of this item or of another of its lines as well. */
export interface InventoryReservationFailed extends ReservationEventBase {
  type: 'InventoryReservationFailed';
  quantityAttempted: number;
  reasonForFailure: ReservationFailureReason;
}

/**
 * `ORDER_CANCELLED`: given back, or replaced by another hold of the same order;
 * `ORDER_COMPLETED_ADJUSTMENT`: what a commit left over.
 */
export type ReleaseReason =
  'ORDER_CANCELLED' | 'RESERVATION_EXPIRED' | 'ORDER_COMPLETED_ADJUSTMENT';

export interface InventoryReleased extends ReservationEventBase {
  type: 'InventoryReleased';
  reservationId: string;
  quantityReleased: number;
  availableQuantityAfterRelease: number;
  reasonForRelease: ReleaseReason;
}

export interface InventoryCommitted extends ReservationEventBase {
  type: 'InventoryCommitted';
  reservationId: string;
  quantityCommitted: number;
  availableQuantityAfterCommit: number;
}

export type ReservationEvent =
  InventoryReserved | InventoryReservationFailed | InventoryReleased | InventoryCommitted;

export type ReservationEventType = ReservationEvent['type'];
