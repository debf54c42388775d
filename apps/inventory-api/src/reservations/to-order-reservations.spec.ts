import type { ReservationStatus } from '@inventory-events/domain';
import { toOrderReservations } from './to-order-reservations';

function reservation(status: ReservationStatus, expiresAtMs: number) {
  const orderId = 'order';
  const held = { reservationId: status, inventoryId: 'item', warehouseId: null, quantity: 1 };
  return { ...held, orderId, status, expiresAtMs };
}

const statusOf = (...statuses: ReservationStatus[]) =>
  toOrderReservations(statuses.map((status) => reservation(status, 0))).status;

describe('toOrderReservations', () => {
  it('is pending while anything is held, then sold where anything was, else as the latest', () => {
    expect(statusOf('COMMITTED', 'PENDING', 'CANCELLED')).toBe('PENDING');
    expect(statusOf('EXPIRED', 'COMMITTED', 'CANCELLED')).toBe('COMMITTED');
    expect(statusOf('CANCELLED', 'EXPIRED')).toBe('EXPIRED');
    expect(statusOf('EXPIRED', 'CANCELLED')).toBe('CANCELLED');
  });

  it('expires with the first of what makes its status', () => {
    const order = toOrderReservations([
      reservation('CANCELLED', 1_000),
      reservation('PENDING', 5_000),
      reservation('PENDING', 3_000),
    ]);
    expect(order).toEqual({
      orderId: 'order',
      status: 'PENDING',
      expiresAt: '1970-01-01T00:00:03.000Z',
      reservations: expect.any(Array),
    });
    expect(order.reservations[0]).toEqual({
      reservationId: 'CANCELLED',
      inventoryId: 'item',
      warehouseId: null,
      quantity: 1,
      status: 'CANCELLED',
    });
  });
});
