/** All tables at one moment, as far as the checker looks at them. */
export interface Snapshot {
  /** The database's clock. */
  readonly takenAtMs: number;
  readonly items: readonly ItemRow[];
  readonly movements: readonly MovementRow[];
  readonly reservations: readonly ReservationRow[];
  readonly inbox: readonly InboxRow[];
  readonly events: readonly EventRow[];
  readonly outbox: readonly PendingRow[];
  readonly parked: readonly PendingRow[];
}

export interface ItemRow {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  readonly onHand: number;
  readonly reserved: number;
  readonly status: string;
  readonly sequence: number;
}

export interface MovementRow {
  readonly itemId: string;
  readonly quantity: number;
  readonly quantityAfter: number;
  readonly reason: string | null;
  readonly causeMessageId: string | null;
}

export interface ReservationRow {
  readonly id: string;
  readonly orderId: string;
  readonly itemId: string;
  readonly quantity: number;
  readonly status: string;
  readonly expiresAtMs: number;
  readonly committedAtMs: number | null;
}

export interface InboxRow {
  readonly messageId: string;
  readonly outcome: string;
}

export interface EventRow {
  readonly id: string;
  readonly itemId: string;
  readonly type: string;
  readonly sequence: number;
  readonly previousQuantity: number | null;
  readonly newQuantity: number | null;
  readonly lowStockThreshold: number | null;
  readonly thresholdSource: string | null;
  /** The kind of command. */
  readonly cause: string;
  readonly causeMessageId: string | null;
}

export interface PendingRow {
  readonly eventId: string;
  readonly itemId: string;
  readonly sequence: number;
}
