import type { ReservationCommand, ReservationTarget } from '../reservations/reservation-command';
import type { Shop } from './create-shop';
import type { ShopStep, TargetStep } from './shop-step';

/** The command that a random step means in a shop as it is by then; null for the others. */
export function toReservationCommand(shop: Shop, step: ShopStep): ReservationCommand | null {
  switch (step.kind) {
    case 'stock':
    case 'wait':
      return null;
    case 'repeat':
      return shop.latestCommand;
    case 'reserve': {
      const { kind, ...terms } = step;
      return { type: kind, userId: null, ...terms };
    }
    case 'commit':
    case 'cancel':
      return { type: step.kind, ...toTarget(shop, step.target), quantity: step.quantity };
    case 'restock':
      return { type: step.kind, orderId: step.orderId };
    case 'extend':
      return { type: step.kind, ...toTarget(shop, step.target), ttlMs: step.ttlMs };
    case 'expire':
      return { type: step.kind, ...toTarget(shop, step.target) };
  }
}

function toTarget(shop: Shop, target: TargetStep): ReservationTarget {
  if ('orderId' in target) return target;
  const ids = shop.reservations.map(({ id }) => id);
  if (ids.length === 0) return { reservationIds: ['nothing'] };
  return { reservationIds: target.picks.map((pick) => ids[pick % ids.length] ?? 'nothing') };
}
