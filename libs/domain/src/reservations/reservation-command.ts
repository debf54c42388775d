export interface ReservationLine {
  itemId: string;
  quantity: number;
}

/** Holds all lines of an order, or none. Lines of the same item add up. */
export interface ReserveCommand {
  type: 'reserve';
  orderId: string;
  userId?: string | null;
  /** How long the stock is held, from now on. */
  ttlMs: number;
  lines: readonly ReservationLine[];
  /**
   * What the lines replace where the order holds stock already: all of it (`order`, the default),
   * or only its holds of the items named (`items`), for callers that reserve line by line.
   */
  scope?: 'order' | 'items';
}

/** Holds named one by one. */
interface TargetByIds {
  reservationIds: readonly string[];
  orderId?: undefined;
  itemId?: undefined;
}

/** The holds of an order, or the one it has of an item. */
interface TargetByOrder {
  orderId: string;
  itemId?: string;
  reservationIds?: undefined;
}

export type ReservationTarget = TargetByIds | TargetByOrder;

/** Sells what is held. With a quantity, that part of a single hold; the rest is released. */
export type CommitCommand = ReservationTarget & { type: 'commit'; quantity?: number };

/** Gives back what is held. With a quantity, that part of a single hold; the rest stays held. */
export type CancelCommand = ReservationTarget & { type: 'cancel'; quantity?: number };

/** Takes a whole order back: releases what it holds and returns what it bought. */
export interface RestockCommand {
  type: 'restock';
  orderId: string;
  reservationIds?: undefined;
}

/** Releases those of the holds whose time has passed. */
export type ExpireCommand = ReservationTarget & { type: 'expire' };

/** Holds on for `ttlMs` from now; never shortens. */
export type ExtendCommand = ReservationTarget & { type: 'extend'; ttlMs: number };

export type ReservationCommand =
  ReserveCommand | CommitCommand | CancelCommand | RestockCommand | ExpireCommand | ExtendCommand;
