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

/** A database of its own, migrated (a clone of the template) unless `migrated` is false. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const name = uniqueTestName();
  const identifier = escapeIdentifier(name);
  const template = migrated ? ` TEMPLATE ${escapeIdentifier(await ensureTemplateDatabase())}` : '';
  await withClient(serverUrl('DATABASE_URL'), (admin) =>
    admin.query(`CREATE DATABASE ${identifier}${template}`),
  );
  const url = databaseUrlOf(name);
  return {
    name,
    url,
    async drop() {
      if (hasFailedTest()) {
        process.stderr.write(`kept the database of a failed test: ${url}\n`);
        return;
      }
      await withClient(serverUrl('DATABASE_URL'), (admin) =>
        admin.query(`DROP DATABASE IF EXISTS ${identifier} WITH (FORCE)`),
      );
    },
  };
}
