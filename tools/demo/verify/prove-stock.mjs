const DRIFT = `
SELECT count(*)::int AS items,
       count(*) FILTER (WHERE i.on_hand <> coalesce(m.total, 0)
                           OR i.reserved <> coalesce(r.total, 0))::int AS drifted
FROM stock_items i
LEFT JOIN (SELECT item_id, sum(quantity) AS total FROM stock_movements GROUP BY item_id) m
  ON m.item_id = i.id
LEFT JOIN (SELECT item_id, sum(quantity) AS total FROM reservations
           WHERE status = 'PENDING' GROUP BY item_id) r
  ON r.item_id = i.id`;

/** The service's own proof that its stock adds up, and the same sum from outside. */
export async function proveStock({ world, callAsAdmin }) {
  const proof = await callAsAdmin('POST', '/api/v1/proof', { body: { full: true } });
  const { checkedItems = 0, driftedItems } = proof.body ?? {};
  const { rows } = await world.pool.query(DRIFT);
  const [{ items, drifted }] = rows;
  const checks = [
    [
      `proof: ${checkedItems} products checked, ${driftedItems} drifted (on hand = Σ movements, reserved = Σ holds)`,
      proof.status === 200 && checkedItems === items && driftedItems === 0,
      `${proof.status} ${JSON.stringify(proof.body)}`,
    ],
    [
      `the same sums by plain SQL: ${items} products, ${drifted} drifted`,
      drifted === 0,
      'the stock does not add up',
    ],
  ];
  return { checks };
}
