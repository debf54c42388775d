import { serverUrl } from '../test-environment';
import { createTestDatabase } from './create-test-database';
import './has-failed-test';
import { withClient } from './with-client';

async function exists(name: string): Promise<boolean> {
  return withClient(serverUrl('DATABASE_URL'), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    return found.rows.length === 1;
  });
}

const hasTable = (url: string, table: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ found: boolean }>(
      'SELECT to_regclass($1) IS NOT NULL AS found',
      [table],
    );
    return rows[0]?.found;
  });

describe('createTestDatabase', () => {
  afterEach(() => {
    globalThis.hasFailedTest = undefined;
  });

  it('makes migrated databases that know nothing of each other, also at the same time', async () => {
    const databases = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const [first, second] = databases;
    await expect(hasTable(first.url, 'outbox_messages')).resolves.toBe(true);
    await withClient(first.url, (client) => client.query('CREATE TABLE only_here (id int)'));
    await expect(hasTable(second.url, 'only_here')).resolves.toBe(false);
    await Promise.all(databases.map((database) => database.drop()));
    await expect(exists(first.name)).resolves.toBe(false);
  });

  it('makes an empty one on request', async () => {
    const database = await createTestDatabase({ migrated: false });
    await expect(hasTable(database.url, 'outbox_messages')).resolves.toBe(false);
    await database.drop();
  });

  it('keeps the database when a test failed', async () => {
    const database = await createTestDatabase({ migrated: false });
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    globalThis.hasFailedTest = true;
    await database.drop();
    expect(write).toHaveBeenCalledWith(expect.stringContaining(database.url));
    write.mockRestore();
    await expect(exists(database.name)).resolves.toBe(true);
    globalThis.hasFailedTest = false;
    await database.drop();
    await expect(exists(database.name)).resolves.toBe(false);
  });
});
