import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase, workspaceRoot } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { assertMigrated, REQUIRED_MIGRATION } from './assert-migrated';

describe('assertMigrated', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ connectionString: database.url, applicationName: 'migrated spec' });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('asks for the newest migration', async () => {
    const names = await readdir(join(workspaceRoot, 'prisma/migrations'));
    const newest = names
      .filter((name) => /^\d{14}_/.test(name))
      .sort()
      .at(-1);
    expect(REQUIRED_MIGRATION).toBe(newest);
  });

  it('is content with a database that is up to date, and with nothing less', async () => {
    await expect(assertMigrated(pool)).resolves.toBeUndefined();
    await pool.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [
      REQUIRED_MIGRATION,
    ]);
    await expect(assertMigrated(pool)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
    await pool.query('DROP TABLE _prisma_migrations');
    await expect(assertMigrated(pool)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
