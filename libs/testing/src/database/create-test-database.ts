import { escapeIdentifier } from 'pg';
import { serverUrl, uniqueTestName } from '../test-environment';
import { databaseUrlOf } from './database-url-of';
import { ensureTemplateDatabase } from './ensure-template-database';
import { hasFailedTest } from './has-failed-test';
import { withClient } from './with-client';

export interface TestDatabase {
  name: string;
  url: string;
  /** Ends every session of it. Keeps the database for a look when a test of this file failed. */
  drop(): Promise<void>;
}

/**
 * A database of its own, migrated (a clone of the template) unless `migrated` is false; on the
 * tests' server, or on the one that the options name.
 */
export async function createTestDatabase({
  migrated = true,
  server = serverUrl('DATABASE_URL'),
} = {}): Promise<TestDatabase> {
  const name = uniqueTestName();
  const identifier = escapeIdentifier(name);
  const origin = migrated ? await ensureTemplateDatabase(server) : undefined;
  const template = origin === undefined ? '' : ` TEMPLATE ${escapeIdentifier(origin)}`;
  await withClient(server, (admin) => admin.query(`CREATE DATABASE ${identifier}${template}`));
  const url = databaseUrlOf(name, server);
  return {
    name,
    url,
    async drop() {
      if (hasFailedTest()) {
        process.stderr.write(`kept the database of a failed test: ${url}\n`);
        return;
      }
      await withClient(server, (admin) =>
        admin.query(`DROP DATABASE IF EXISTS ${identifier} WITH (FORCE)`),
      );
    },
  };
}
