import { withClient } from '@inventory-events/testing';

export interface AuditRow {
  id: string;
  productId: string;
  type: string;
  sequence: number;
  from: number;
  to: number;
  threshold: number;
  source: string;
}

/** The audit log as PostgreSQL has it, in the order of products and their sequences. */
export function readAuditRows(databaseUrl: string): Promise<AuditRow[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<AuditRow>(
      `SELECT id, product_id AS "productId", event_type AS type, sequence::int AS sequence,
         previous_quantity AS "from", new_quantity AS "to",
         low_stock_threshold AS threshold, threshold_source::text AS source
       FROM inventory_events ORDER BY product_id, sequence`,
    );
    return rows;
  });
}
