import type { Reservation } from '../reservation';

/** Whether a hold's time has passed before anyone said so. */
export function isOverdue(reservation: Reservation, nowMs: number): boolean {
  return reservation.status === 'PENDING' && reservation.expiresAtMs <= nowMs;
}
