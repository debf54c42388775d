import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import { Client } from 'pg';
import { applyMigrations } from './apply-migrations';

const REAL_MIGRATIONS = join(__dirname, '../../../../prisma/migrations');
const MIGRATIONS = readdirSync(REAL_MIGRATIONS)
  .filter((name) => /^\d+_/.test(name))
  .sort();

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  directory = mkdtempSync(join(tmpdir(), 'migrations-'));
  cpSync(REAL_MIGRATIONS, directory, { recursive: true });
});

afterEach(async () => {
  rmSync(directory, { recursive: true });
  await database.drop();
});

function addMigration(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, 'migration.sql'), sql);
}

async function query(sql: string) {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const run = () => applyMigrations({ connectionString: database.url, directory });

describe('applyMigrations', () => {
  it('applies each migration once, also when several processes start together', async () => {
    const applied = (await Promise.all([run(), run(), run()])).flat();
    expect(applied).toEqual(MIGRATIONS);
    expect(await run()).toEqual([]);
    const history = await query('SELECT migration_name, finished_at FROM _prisma_migrations');
    expect(history).toEqual(
      MIGRATIONS.map((name) => ({ migration_name: name, finished_at: expect.any(Date) })),
    );
  });

  it('keeps the rows of earlier migrations', async () => {
    await run();
    await query(`INSERT INTO stock_items (id, product_id, on_hand)
      VALUES (gen_random_uuid(), gen_random_uuid(), 7)`);
    addMigration('20990101000000_next', 'ALTER TABLE stock_items ADD COLUMN note text;');
    expect(await run()).toEqual(['20990101000000_next']);
    expect(await query('SELECT on_hand, note FROM stock_items')).toEqual([
      { on_hand: 7, note: null },
    ]);
  });

  it('leaves nothing of a migration that fails', async () => {
    addMigration('20990101000000_broken', 'CREATE TABLE half (id int); SELECT no_such_thing();');
    await expect(run()).rejects.toThrow('20990101000000_broken failed and was rolled back');
    expect(await query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    expect(await query(`SELECT to_regclass('stock_items')::text AS items`)).toEqual([
      { items: 'stock_items' },
    ]);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    await run();
    addMigration(MIGRATIONS[0] as string, '-- something else');
    await expect(run()).rejects.toThrow('was changed after applying');
  });
});

describe('the schema', () => {
  it('refuses more reserved than on hand, whatever the code does', async () => {
    await run();
    await expect(
      query(`INSERT INTO stock_items (id, product_id, on_hand, reserved)
        VALUES (gen_random_uuid(), gen_random_uuid(), 5, 6)`),
    ).rejects.toMatchObject({ constraint: 'stock_items_available_check' });
  });
});
