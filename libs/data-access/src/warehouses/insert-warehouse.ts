import type { ClientBase } from 'pg';
import { createUuidV7Source } from '../ids/uuid-v7';
import type { StoredWarehouse, WarehouseDetails } from './stored-warehouse';

/**
 * Index: warehouses_code_key. A code that is taken is no error, so that the transaction goes on and
 * can keep the answer.
 */
export const INSERT_WAREHOUSE_SQL = `
INSERT INTO warehouses (id, code, name, address, city, state, country, postal_code, region,
  is_active, priority, latitude, longitude)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (code) DO NOTHING
RETURNING id, code, name, address, city, state, country, postal_code AS "postalCode", region,
  is_active AS "isActive", priority, latitude, longitude, created_at AS "createdAt",
  updated_at AS "updatedAt"`;

/** Undefined when another warehouse has the code. */
export async function insertWarehouse(
  client: ClientBase,
  details: WarehouseDetails,
): Promise<StoredWarehouse | undefined> {
  const { rows } = await client.query<StoredWarehouse>(INSERT_WAREHOUSE_SQL, [
    createUuidV7Source(Date.now()).next(),
    details.code,
    details.name,
    details.address,
    details.city,
    details.state,
    details.country,
    details.postalCode,
    details.region,
    details.isActive,
    details.priority,
    details.latitude,
    details.longitude,
  ]);
  return rows[0];
}
