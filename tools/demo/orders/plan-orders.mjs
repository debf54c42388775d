import { nameProducts } from '../day/name-products.mjs';
import { seededRandom } from '../day/seeded-random.mjs';
import { planOrder, planPickUp, planRushOrder } from './plan-order.mjs';

const PRODUCTS = 60;
/** Behind the products of the shop's shelves, so that no name or SKU is used twice. */
const FIRST_NAME = 300;
const RUSH_UNITS = 20;
const RUSH_BUYERS = 60;
const RUSH_AT = 0.6;
const RESTOCK_AT = 0.45;
const RESTOCKED_UNITS = 15;
/** Orders are placed until here; the rest of the day is for payments. */
const LAST_ORDER_AT = 0.92;
const PICK_UP_SHARE = 0.04;
/** What may be held of a product in the shop, which has more than that at all times. */
const PICK_UP_MARGIN = 12;
const MAX_PICK_UPS = 5;

/**
 * The orders of the day, by when they are placed: from 0, the opening, to 1. Of the products sold
 * online the inventory itself keeps the count. Of those in the shop its tills do, and online they can
 * only be put aside to be picked up. The same options give the same orders.
 */
export function planOrders({ seed, orders: count, day }) {
  const random = seededRandom(seed ^ 0x5eed);
  const [limited, ...products] = nameProducts(PRODUCTS, random, FIRST_NAME);
  for (const product of products) product.opening = random.between(15, 60);
  limited.opening = RUSH_UNITS;
  const shelves = day.products.filter(({ lowest }) => lowest >= PICK_UP_MARGIN);
  const pickUps = new Map();
  const orders = Array.from({ length: count }, (_, index) => {
    const at = (LAST_ORDER_AT * index) / count;
    const shelf = random.chance(PICK_UP_SHARE) ? random.pick(shelves) : undefined;
    const held = pickUps.get(shelf) ?? 0;
    if (shelf === undefined || held === MAX_PICK_UPS) return planOrder({ at, products, random });
    pickUps.set(shelf, held + 1);
    return planPickUp({ at, product: shelf, random });
  });
  const buyers = Math.max(RUSH_UNITS, Math.min(RUSH_BUYERS, Math.floor(count / 3)));
  const rush = Array.from({ length: buyers }, (_, index) =>
    planRushOrder({ at: RUSH_AT, index, product: limited, random }),
  );
  const restocks = ['product', 'rest', 'grpc'].map((way, index) => ({
    at: RESTOCK_AT,
    way,
    product: products[index],
    quantity: RESTOCKED_UNITS,
  }));
  return {
    products: [limited, ...products],
    orders: [...orders, ...rush].sort((a, b) => a.at - b.at),
    rush: { product: limited, units: RUSH_UNITS, buyers },
    restocks,
  };
}
