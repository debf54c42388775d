import type { ReservationStatus } from '@inventory-events/domain';
import type { HeldReservation, OrderReservations } from './reservations';

export interface OrderReservation extends HeldReservation {
  readonly orderId: string;
  readonly expiresAtMs: number;
}

const NOTHING_HELD = ['CANCELLED', 'EXPIRED'];

/** Reservations of one order, at least one, oldest first. */
export function toOrderReservations(rows: readonly OrderReservation[]): OrderReservations {
  const status = statusOf(rows.map((row) => row.status));
  const expiries = rows.filter((row) => row.status === status).map((row) => row.expiresAtMs);
  return {
    orderId: rows[0]?.orderId ?? '',
    status,
    expiresAt: new Date(Math.min(...expiries)).toISOString(),
    reservations: rows.map(({ orderId: _, expiresAtMs: __, ...reservation }) => reservation),
  };
}

function statusOf(statuses: readonly ReservationStatus[]): ReservationStatus {
  if (statuses.includes('PENDING')) return 'PENDING';
  if (statuses.includes('COMMITTED')) return 'COMMITTED';
  return statuses.findLast((status) => NOTHING_HELD.includes(status)) ?? 'CANCELLED';
}
