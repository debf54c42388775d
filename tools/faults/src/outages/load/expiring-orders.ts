import type { ItemName, OrderOperation, UpdateOperation } from '../../workload/operation';
import type { Random } from '../../workload/random';
import { toOrderStep, toUpdate } from '../../workload/to-operation';

/** Orders whose holds end by themselves, on an item of which there is enough for all. */
export interface ExpiringOrders {
  readonly stock: UpdateOperation;
  readonly created: readonly OrderOperation[];
  /** To be sent when the holds are over: they must have no effect any more. */
  readonly paid: readonly OrderOperation[];
  readonly orderIds: readonly string[];
}

const ORDERS = 6;
const STOCK = 1_000;
const TTL_SECONDS = 2;

export function createExpiringOrders(random: Random): ExpiringOrders {
  const item: ItemName = { productId: random.uuid(), variantId: null, warehouseId: null };
  const orderIds = Array.from({ length: ORDERS }, () => random.uuid());
  const lines = [{ item, quantity: 3 }];
  const terms = { ttlSeconds: TTL_SECONDS, lines };
  const step = (orderId: string, name: OrderOperation['step']) =>
    name === 'order.created'
      ? toOrderStep(random, { orderId, step: name, ...terms })
      : toOrderStep(random, { orderId, step: name, lines: [] });
  return {
    stock: toUpdate(random, 'queue', { item, quantity: STOCK }),
    created: orderIds.map((orderId) => step(orderId, 'order.created')),
    paid: orderIds.map((orderId) => step(orderId, 'payment.successful')),
    orderIds,
  };
}
