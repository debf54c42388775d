import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@inventory-events/errors';
import { Client } from 'pg';

/** Every runner of this project takes this lock; Prisma's own CLI takes 72707369 as well. */
const MIGRATION_LOCK = 72707369;

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

export interface MigrationOptions {
  connectionString: string;
  /** A folder in Prisma's layout: `<time>_<name>/migration.sql`. */
  directory: string;
}

/**
 * Brings a database up to date, each migration in one transaction, and records it as
 * `prisma migrate deploy` would, so that `prisma migrate status` agrees. Safe to run by several
 * processes at once. Returns the names that were applied; a changed or half-applied migration is
 * an error, never repaired silently.
 */
export async function applyMigrations(options: MigrationOptions): Promise<string[]> {
  const client = new Client({
    connectionString: options.connectionString,
    application_name: 'inventory-events migrate',
  });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(CREATE_HISTORY);
    const applied = await readHistory(client);
    const names: string[] = [];
    for (const name of await migrationNames(options.directory)) {
      const sql = await readFile(join(options.directory, name, 'migration.sql'), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      const before = applied.get(name);
      if (before === undefined) {
        await applyOne(client, name, sql, checksum);
        names.push(name);
      } else {
        assertUnchanged(before, checksum);
      }
    }
    return names;
  } finally {
    await client.end();
  }
}

async function applyOne(client: Client, name: string, sql: string, checksum: string) {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new AppError('INTERNAL', `migration ${name} failed and was rolled back`, { cause });
  }
}

function assertUnchanged(before: AppliedMigration, checksum: string): void {
  if (before.finished_at === null) {
    throw new AppError('INTERNAL', `migration ${before.migration_name} was left half applied`);
  }
  if (before.checksum !== checksum) {
    throw new AppError('INTERNAL', `migration ${before.migration_name} was changed after applying`);
  }
}

async function readHistory(client: Client): Promise<Map<string, AppliedMigration>> {
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name, checksum, finished_at FROM _prisma_migrations
     WHERE rolled_back_at IS NULL`,
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

async function migrationNames(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Column for column what Prisma creates. */
const CREATE_HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;
