import { AppError } from '@inventory-events/errors';
import type { LedgerAnswer } from '@inventory-events/stock-ledger';
import type { OrderReservations } from './reservations';
import { toOrderReservations } from './to-order-reservations';

/** What the ledger answered, and will answer again to a repetition, as callers see it. */
export function toHeldReservations({ reservations = [] }: LedgerAnswer): OrderReservations {
  if (reservations.length === 0) throw new AppError('INTERNAL', 'An answer lacks reservations.');
  return toOrderReservations(
    reservations.map(({ id, orderId, itemId, warehouseId, quantity, status, expiresAtMs }) => ({
      reservationId: id,
      orderId,
      inventoryId: itemId,
      warehouseId,
      quantity,
      status,
      expiresAtMs,
    })),
  );
}
