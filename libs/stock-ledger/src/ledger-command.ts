import type { ItemKey, LockedItem } from '@inventory-events/data-access';
import type {
  CancelCommand,
  CommitCommand,
  ExpireCommand,
  ExtendCommand,
  RejectionReason,
  Reservation,
  ReservationFailureReason,
  ReservationOutcome,
  StockCommand,
} from '@inventory-events/domain';

interface CommandContext {
  /** The incoming eventId or the request's key: the command has its effect once. */
  messageId: string;
  /** Where it came from, such as a queue. */
  source: string;
  /** Digest of the body as it arrived: tells a repetition from another message of the same id. */
  bodyHash: Buffer;
  correlationId: string;
  /** W3C trace context of the message, carried to the events. */
  traceparent?: string | undefined;
  /** Who moves the stock, what it belongs to and what they note: for the movements. */
  performedBy?: string | undefined;
  reference?: string | undefined;
  note?: string | undefined;
  /** Keeps the result, so that a repetition is answered with it. */
  keepResult?: boolean;
}

/** What to do to one item. */
export interface ItemLedgerCommand extends CommandContext {
  item: ItemKey & { sku?: string | undefined };
  command: StockCommand;
  /** Decided behind it: all are applied or none is. */
  followedBy?: readonly StockCommand[];
  /** What is noted of an item beside its numbers. */
  settings?: ItemSettings;
  /** Refuses to change an item that was changed meanwhile. */
  expectedVersion?: number | undefined;
  /** Refuses an item that is there already. */
  isNew?: boolean;
}

export interface ItemSettings {
  reorderPoint?: number | undefined;
  reorderQuantity?: number | undefined;
}

export interface LedgerReservationLine {
  item: ItemKey;
  quantity: number;
}

/** As the domain's, with the lines' items by key. */
export interface LedgerReserveCommand {
  type: 'reserve';
  orderId: string;
  userId?: string | null;
  ttlMs: number;
  lines: readonly LedgerReservationLine[];
  scope?: 'order' | 'items';
}

/** What to do to the holds of an order. */
export interface ReservationLedgerCommand extends CommandContext {
  reservation: LedgerReserveCommand | CommitCommand | CancelCommand | ExpireCommand | ExtendCommand;
}

export type LedgerCommand = ItemLedgerCommand | ReservationLedgerCommand;

export interface LedgerShortage {
  item: ItemKey;
  requested: number;
  available: number;
  reason: ReservationFailureReason;
}

/** The answer that a repetition gets again. */
export interface LedgerAnswer {
  /**
   * `stale`: decided on something older than what is stored; `not_found`: there is no such item
   * or hold; `already_exists`: it was to be a new one; `version_mismatch`: the item was changed
   * meanwhile. The others as the domain says.
   */
  outcome:
    | 'applied'
    | 'unchanged'
    | 'stale'
    | 'rejected'
    | 'already_exists'
    | 'version_mismatch'
    | ReservationOutcome;
  reason?: RejectionReason;
  /** The item as it is now. */
  item?: LockedItem;
  reservations?: readonly Reservation[];
  shortages?: readonly LedgerShortage[];
}

/**
 * What became of a command. `duplicate`: had its effect earlier, `earlier` is what was answered
 * then where that was kept; `conflict`: its id was used by a message with another body, and it
 * changed nothing.
 */
export interface LedgerResult extends Omit<LedgerAnswer, 'outcome'> {
  outcome: LedgerAnswer['outcome'] | 'duplicate' | 'conflict';
  earlier?: LedgerAnswer;
  previousQuantityMismatch: boolean;
  eventCount: number;
}
