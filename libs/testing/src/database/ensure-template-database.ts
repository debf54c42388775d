import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import { shortHash, testRunId } from '../test-environment';
import { workspaceRoot } from '../workspace-root';
import { databaseUrlOf } from './database-url-of';
import { withClient } from './with-client';

const TEMPLATE_LOCK = 51_904_411;

/** As Prisma and the migration runner leave it: the apps look here whether they can start. */
const CREATE_HISTORY = `CREATE TABLE _prisma_migrations (
  id varchar(36) PRIMARY KEY DEFAULT gen_random_uuid(), checksum varchar(64) NOT NULL,
  finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text,
  rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0)`;
const RECORD_MIGRATION = `INSERT INTO _prisma_migrations
  (migration_name, checksum, finished_at, applied_steps_count) VALUES ($1, $2, now(), 1)`;

/**
 * The name of a database that has every migration applied, made by whichever test comes first. The
 * migrations' text is part of the name: changed migrations give another template.
 */
export async function ensureTemplateDatabase(server: string): Promise<string> {
  const migrations = await readMigrations();
  const text = migrations.map(({ sql }) => sql).join('\n');
  const name = `inventory_test_${testRunId()}_template_${shortHash(`${CREATE_HISTORY}${text}`)}`;
  await withClient(server, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await admin.query<{ datistemplate: boolean }>(
      'SELECT datistemplate FROM pg_database WHERE datname = $1',
      [name],
    );
    if (found.rows[0]?.datistemplate) return;
    const identifier = escapeIdentifier(name);
    // One that is no template yet was left by a run that died while it migrated.
    await admin.query(`DROP DATABASE IF EXISTS ${identifier} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${identifier}`);
    await withClient(databaseUrlOf(name, server), async (client) => {
      await client.query(CREATE_HISTORY);
      for (const { name, sql } of migrations) {
        await client.query(sql);
        await client.query(RECORD_MIGRATION, [
          name,
          createHash('sha256').update(sql).digest('hex'),
        ]);
      }
    });
    await admin.query(`ALTER DATABASE ${identifier} IS_TEMPLATE true`);
  });
  return name;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
}

async function readMigrations(): Promise<Migration[]> {
  const folder = join(workspaceRoot, 'prisma', 'migrations');
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(join(folder, name, 'migration.sql'), 'utf8'),
    })),
  );
}
