import {
  type DeepPartial,
  type ReservationResponse,
  ReservationStatus,
} from '../../generated/inventory/v1/inventory';
import type { OrderReservations } from '../../reservations/reservations';

export function toReservationResponse(order: OrderReservations): DeepPartial<ReservationResponse> {
  return {
    orderId: order.orderId,
    status: ReservationStatus[order.status],
    expiresAt: new Date(order.expiresAt),
    reservations: order.reservations.map((reservation) => ({
      reservationId: reservation.reservationId,
      inventoryId: reservation.inventoryId,
      warehouseId: reservation.warehouseId ?? undefined,
      quantity: reservation.quantity,
      status: ReservationStatus[reservation.status],
    })),
  };
}
