/** Enough to serve a batch; the sweep ends the others. */
const OVERDUE_PER_ITEM = 200;

/**
 * The rest of a SELECT from `reservations r`: the item's holds whose time has passed, first those
 * overdue longest. Index: reservations_pending_item_idx, of which it is a range and an order. With
 * an equality in their place PostgreSQL, told by its statistics that an item has many holds, would
 * rather go along the expiry of all items' holds and throw away what isn't this item's.
 */
export function overdueHoldsOf(itemId: string): string {
  return `WHERE r.status = 'PENDING'
    AND (r.item_id, r.expires_at) >= (${itemId}, '-infinity')
    AND (r.item_id, r.expires_at) <= (${itemId}, statement_timestamp())
  ORDER BY r.item_id, r.expires_at LIMIT ${OVERDUE_PER_ITEM}`;
}
