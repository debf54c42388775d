import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeIdentifier } from 'pg';
import { serverUrl, shortHash, testRunId } from '../test-environment';
import { workspaceRoot } from '../workspace-root';
import { databaseUrlOf } from './database-url-of';
import { withClient } from './with-client';

const TEMPLATE_LOCK = 51_904_411;

/**
 * The name of a database that has every migration applied, made by whichever test comes first. The
 * migrations' text is part of the name: changed migrations give another template.
 */
export async function ensureTemplateDatabase(): Promise<string> {
  const migrations = await readMigrations();
  const name = `inventory_test_${testRunId()}_template_${shortHash(migrations.join('\n'))}`;
  await withClient(serverUrl('DATABASE_URL'), async (admin) => {
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
    await withClient(databaseUrlOf(name), async (client) => {
      for (const sql of migrations) await client.query(sql);
    });
    await admin.query(`ALTER DATABASE ${identifier} IS_TEMPLATE true`);
  });
  return name;
}

async function readMigrations(): Promise<string[]> {
  const folder = join(workspaceRoot, 'prisma', 'migrations');
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map((name) => readFile(join(folder, name, 'migration.sql'), 'utf8')),
  );
}
