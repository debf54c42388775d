import type { ReservationStatus } from '@inventory-events/domain';
import type { Caller } from '../commands/caller';
import type { ItemReference } from '../items/item-reference';

export interface ReservationRequestLine extends ItemReference {
  readonly quantity: number;
}

export interface ReservationRequest {
  readonly orderId: string;
  readonly userId?: string | undefined;
  /** As the service is configured where left out. */
  readonly ttlSeconds?: number | undefined;
  readonly items: readonly ReservationRequestLine[];
  /**
   * What the lines replace where the order holds stock already: all of it (`order`, the default),
   * or only its holds of the items named, for callers that reserve line by line.
   */
  readonly scope?: 'order' | 'items' | undefined;
}

/** One reservation by its id, or those of an order: all that it holds, or that of one item. */
export interface ReservationTarget extends ItemReference {
  readonly reservationId?: string | undefined;
  readonly orderId?: string | undefined;
}

export interface CommitRequest extends ReservationTarget {
  /** Sells that many of a single reservation and releases the rest; all where left out. */
  readonly quantity?: number | undefined;
}

export interface CancelRequest extends ReservationTarget {
  /** Gives back that many of a single reservation and holds the rest; all where left out. */
  readonly quantity?: number | undefined;
  readonly reason?: string | undefined;
}

export interface ExtendRequest extends ReservationTarget {
  readonly ttlSeconds: number;
}

export interface HeldReservation {
  readonly reservationId: string;
  readonly inventoryId: string;
  readonly warehouseId: string | null;
  readonly quantity: number;
  readonly status: ReservationStatus;
}

export interface OrderReservations {
  readonly orderId: string;
  /** PENDING while anything is held; else COMMITTED where anything was sold; else as they ended. */
  readonly status: ReservationStatus;
  /** The earliest time at which something that has the order's status expires, or would have. */
  readonly expiresAt: string;
  readonly reservations: readonly HeldReservation[];
}

export interface ReserveAnswer extends OrderReservations {
  /** False where the order held the same lines already: they are the answer, as they are. */
  readonly isNew: boolean;
}

export interface Reservation extends HeldReservation {
  readonly orderId: string;
  readonly userId: string | null;
  readonly productId: string;
  readonly variantId: string | null;
  readonly sku: string | null;
  readonly reservedAt: string;
  readonly expiresAt: string;
  readonly committedAt: string | null;
  readonly cancelledAt: string | null;
  readonly returnedAt: string | null;
  readonly updatedAt: string;
}

/**
 * The use cases of reservations, whatever the transport. Refusals are thrown: INSUFFICIENT_STOCK
 * with every short line, RESERVATION_NOT_FOUND, RESERVATION_EXPIRED and so on. What a command
 * answers is made of what the ledger kept of it, so that a repetition under its idempotency key is
 * answered the same, whatever became of the reservations since.
 */
export interface Reservations {
  /**
   * Holds all lines or none. Lines of one item add up. For an order that holds the same lines
   * already nothing changes, not even their time; other lines replace what it holds.
   */
  reserve(request: ReservationRequest, caller: Caller): Promise<ReserveAnswer>;
  /** What was sold already is answered as such, unless another quantity is asked for. */
  commit(request: CommitRequest, caller: Caller): Promise<OrderReservations>;
  /** What was cancelled or has expired already is answered as such: nothing is held. */
  cancel(request: CancelRequest, caller: Caller): Promise<OrderReservations>;
  /** Holds for so long from now, never shorter than before. */
  extend(request: ExtendRequest, caller: Caller): Promise<OrderReservations>;
  get(reservationId: string): Promise<Reservation>;
  /** Everything that the order ever held, the newest thousand. */
  ofOrder(orderId: string): Promise<OrderReservations>;
}
