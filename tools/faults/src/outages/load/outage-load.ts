import type { ItemName, Operation } from '../../workload/operation';
import { createRandom } from '../../workload/random';
import { createWorkload } from '../../workload/create-workload';
import { toUpdate } from '../../workload/to-operation';
import { createExpiringOrders } from './expiring-orders';

export interface OutageLoad {
  /** Has had its effect before anything happens. */
  readonly opening: readonly Operation[];
  /** Sent before, during and behind the outage. */
  readonly middle: readonly Operation[];
  /** Sent when everything is healed. */
  readonly finale: readonly Operation[];
  /** Whose holds end by themselves, meanwhile. */
  readonly expiringOrders: readonly string[];
  /** What is ordered over REST, and by nobody else. */
  readonly restItem: ItemName;
}

const UPDATES = 260;
const ORDERS = 30;
const REST_STOCK = 60;

/** The standard workload, stock for orders over REST, and orders whose holds end in the middle of the outage. */
export function createOutageLoad(seed: number): OutageLoad {
  const { opening, middle, finale, epilogue } = createWorkload({
    seed,
    routes: 'mixed',
    updates: UPDATES,
    orders: ORDERS,
  });
  const random = createRandom(seed + 1);
  const { stock, created, paid, orderIds } = createExpiringOrders(random);
  const restItem = { productId: random.uuid(), variantId: null, warehouseId: null };
  const restStock = toUpdate(random, 'queue', { item: restItem, quantity: REST_STOCK });
  return {
    opening: [...opening, stock, restStock],
    middle: [...created, ...middle],
    finale: [...finale, ...epilogue, ...paid],
    expiringOrders: orderIds,
    restItem,
  };
}
