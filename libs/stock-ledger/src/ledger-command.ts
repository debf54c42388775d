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
  RestockCommand,
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
  /** `sku`: what the order named, where no item has it and the key can't say what was wanted. */
  item: ItemKey & { sku?: string | undefined };
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
  reservation:
    | LedgerReserveCommand
    | CommitCommand
    | CancelCommand
    | RestockCommand
    | ExpireCommand
    | ExtendCommand;
  isOrderEvent?: false;
}

interface WholeOrder {
  orderId: string;
  reservationIds?: undefined;
}

/**
 * What an event of the order's own service asks for. These events may arrive in any order: what
 * comes before the order was seen is remembered, answered as `remembered`, and takes effect behind
 * the reserve. Other commands remember nothing and take nothing up.
 */
export interface OrderEventLedgerCommand extends CommandContext {
  reservation:
    | LedgerReserveCommand
    | (WholeOrder & { type: 'commit' })
    | (WholeOrder & { type: 'cancel' })
    | RestockCommand;
  isOrderEvent: true;
}

/** Whatever moves stock. */
export type StockLedgerCommand =
  ItemLedgerCommand | ReservationLedgerCommand | OrderEventLedgerCommand;

/**
 * A request that was refused before it came to any item: keeps the answer, so that a repetition is
 * refused too. One that was executed already, when the same request could be, is a `duplicate`.
 */
export interface RefusalLedgerCommand extends CommandContext {
  refusal: LedgerAnswer;
}

export type LedgerCommand = StockLedgerCommand | RefusalLedgerCommand;

/** A hold, and the warehouse of its item. */
export interface LedgerReservation extends Omit<Reservation, 'isReturned'> {
  warehouseId: string | null;
}

export interface LedgerShortage {
  /** Null where the request named an id or a SKU that no item has. */
  item: ItemKey | null;
  sku?: string;
  /** Null where there is no such item. */
  itemId: string | null;
  requested: number;
  available: number;
  reason: ReservationFailureReason;
}

/** The answer that a repetition gets again. */
export interface LedgerAnswer {
  /**
   * `stale`: decided on something older than what is stored; `not_found`: there is no such item
   * or hold; `already_exists`: it was to be a new one; `version_mismatch`: the item was changed
   * meanwhile; `ambiguous`: the request names several items; `remembered`: an order event came before
   * its order. The others as the domain says.
   */
  outcome:
    | 'applied'
    | 'unchanged'
    | 'stale'
    | 'rejected'
    | 'already_exists'
    | 'version_mismatch'
    | 'ambiguous'
    | 'warehouse_not_found'
    | 'warehouse_inactive'
    | 'remembered'
    | ReservationOutcome;
  reason?: RejectionReason;
  /** The item as it is now. */
  item?: LockedItem;
  reservations?: readonly LedgerReservation[];
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
  /** Where the result is kept: the items that the command changed, as it left them. */
  changedItems?: readonly LockedItem[];
  previousQuantityMismatch: boolean;
  eventCount: number;
}
