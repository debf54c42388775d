import { AppError } from '@inventory-events/errors';
import type { Pool } from 'pg';

/** The newest migration that the statements of this library need. */
export const REQUIRED_MIGRATION = '20261121040000_inventory_api';

/** No index: the table has a row per migration. */
const SQL = `SELECT EXISTS (SELECT FROM _prisma_migrations
  WHERE migration_name = $1 AND finished_at IS NOT NULL AND rolled_back_at IS NULL) AS applied`;

const UNDEFINED_TABLE = '42P01';

/**
 * Throws when the database can't be reached, and DEPENDENCY_UNAVAILABLE when it lacks a migration:
 * an app that is rolled out before its schema waits, as for any other dependency.
 */
export async function assertMigrated(pool: Pool): Promise<void> {
  const isApplied = await pool
    .query<{ applied: boolean }>(SQL, [REQUIRED_MIGRATION])
    .then(({ rows }) => rows[0]?.applied)
    .catch((error: unknown) => {
      if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return false;
      throw error;
    });
  if (isApplied !== true) {
    throw new AppError('DEPENDENCY_UNAVAILABLE', `the migration ${REQUIRED_MIGRATION} is missing`);
  }
}
