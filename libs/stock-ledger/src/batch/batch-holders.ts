import type { LockedItem, StoredReservation } from '@inventory-events/data-access';
import type { LedgerCommand } from '../ledger-command';

/** The orders and reservations that the commands name. */
export interface BatchHolders {
  orderIds: string[];
  reservationIds: string[];
  /** Orders of which an event is among the commands. */
  eventOrderIds: string[];
  /** Whether overdue holds of other orders matter: only who wants stock reclaims them. */
  reservesStock: boolean;
}

/** Undefined when no command is about reservations. */
export function holdersOf(commands: readonly LedgerCommand[]): BatchHolders | undefined {
  const orderIds = new Set<string>();
  const reservationIds = new Set<string>();
  const eventOrderIds = new Set<string>();
  let reservesStock = false;
  for (const command of commands) {
    if (!('reservation' in command)) continue;
    const { reservation } = command;
    if (command.isOrderEvent) eventOrderIds.add(command.reservation.orderId);
    if (reservation.orderId !== undefined) orderIds.add(reservation.orderId);
    if (reservation.type === 'reserve') reservesStock = true;
    else for (const id of reservation.reservationIds ?? []) reservationIds.add(id);
  }
  if (orderIds.size === 0 && reservationIds.size === 0) return undefined;
  return {
    orderIds: [...orderIds],
    reservationIds: [...reservationIds],
    eventOrderIds: [...eventOrderIds],
    reservesStock,
  };
}

/** False when an order got a hold on another item between the look and the lock. */
export function areLocked(
  reservations: readonly StoredReservation[],
  items: readonly LockedItem[],
): boolean {
  const locked = new Set(items.map((item) => item.id));
  return reservations.every((reservation) => locked.has(reservation.itemId));
}
