import { Client } from 'pg';

const TABLES = ['stock_items', 'inbox_messages', 'inventory_events', 'outbox_messages'];

/** Locks what every message needs; resolves with what lets it go. */
export async function lockTables(databaseUrl: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'outage' });
  await client.connect();
  await client.query('BEGIN');
  await client.query(`LOCK TABLE ${TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  return async () => {
    await client.query('ROLLBACK');
    await client.end();
  };
}
