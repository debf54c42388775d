import type { InventoryWorld } from './start-inventory-world';

const VIOLATIONS_SQL = `
SELECT i.id, i.on_hand, i.reserved, moved.sum AS moved, held.sum AS held
FROM stock_items i
CROSS JOIN LATERAL (SELECT coalesce(sum(m.quantity), 0)::int AS sum
  FROM stock_movements m WHERE m.item_id = i.id) AS moved
CROSS JOIN LATERAL (SELECT coalesce(sum(r.quantity), 0)::int AS sum
  FROM reservations r WHERE r.item_id = i.id AND r.status = 'PENDING') AS held
WHERE i.on_hand <> moved.sum OR i.reserved <> held.sum OR i.reserved < 0 OR i.on_hand < i.reserved`;

const GAPS_SQL = `
SELECT i.id, i.sequence::int, numbered.count, numbered.last
FROM stock_items i
CROSS JOIN LATERAL (SELECT count(*)::int AS count, coalesce(max(e.sequence), 0)::int AS last
  FROM inventory_events e WHERE e.item_id = i.id) AS numbered
WHERE i.sequence <> numbered.count OR i.sequence <> numbered.last`;

/** What holds of every item whatever was done to it. */
export async function expectProof(world: InventoryWorld): Promise<void> {
  expect(await world.query(VIOLATIONS_SQL)).toEqual([]);
  expect(await world.query(GAPS_SQL)).toEqual([]);
}
