import {
  findReservation,
  listOrderReservations,
  type ReservationView,
} from '@inventory-events/data-access';
import { AppError } from '@inventory-events/errors';
import type { Database } from '../database';
import {
  createReservationCommands,
  type ReservationCommandsDeps,
} from './create-reservation-commands';
import { createReserve } from './create-reserve';
import type { HeldReservation, Reservation, Reservations } from './reservations';
import { toOrderReservations } from './to-order-reservations';

const MAX_LISTED = 1_000;

export interface ReservationsDeps extends ReservationCommandsDeps {
  readonly pool: Database;
}

export function createReservations({ pool, ...deps }: ReservationsDeps): Reservations {
  return {
    reserve: createReserve(deps),
    ...createReservationCommands(deps),
    async get(reservationId) {
      const view = await findReservation(pool, reservationId);
      if (view === undefined) {
        throw new AppError('RESERVATION_NOT_FOUND', 'There is no reservation with this id.');
      }
      return toReservation(view);
    },
    async ofOrder(orderId) {
      const views = await listOrderReservations(pool, { orderId, limit: MAX_LISTED });
      if (views.length === 0) {
        throw new AppError('RESERVATION_NOT_FOUND', 'The order never reserved anything.');
      }
      return toOrderReservations(
        views.map((view) => ({
          ...toHeld(view),
          orderId: view.orderId,
          expiresAtMs: view.expiresAt.getTime(),
        })),
      );
    },
  };
}

function toHeld({ id, itemId, warehouseId, quantity, status }: ReservationView): HeldReservation {
  return { reservationId: id, inventoryId: itemId, warehouseId, quantity, status };
}

function toReservation(view: ReservationView): Reservation {
  const { orderId, userId, productId, variantId, sku } = view;
  return {
    ...toHeld(view),
    orderId,
    userId,
    productId,
    variantId,
    sku,
    reservedAt: view.reservedAt.toISOString(),
    expiresAt: view.expiresAt.toISOString(),
    committedAt: view.committedAt?.toISOString() ?? null,
    cancelledAt: view.cancelledAt?.toISOString() ?? null,
    returnedAt: view.returnedAt?.toISOString() ?? null,
    updatedAt: view.updatedAt.toISOString(),
  };
}
