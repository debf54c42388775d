import { replayItem } from './replay-item.mjs';

const EVENTS = `
SELECT product_id AS "productId", event_type AS type, coalesce(cause_message_id, id) AS cause,
       correlation_id AS "correlationId", data
FROM inventory_events ORDER BY product_id, sequence`;

/** The history of every product of the shop as the audit log tells it: `productId → replay`. */
export async function replayAll(pool, products) {
  const { rows } = await pool.query(EVENTS);
  const byProduct = new Map(products.map(({ productId }) => [productId, []]));
  for (const event of rows) byProduct.get(event.productId).push(event);
  return new Map(
    products.map(({ productId, opening }) => [
      productId,
      replayItem(byProduct.get(productId), opening),
    ]),
  );
}
