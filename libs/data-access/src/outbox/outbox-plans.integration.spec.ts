import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import { Client, type Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { DELETE_OUTBOX_ROWS_SQL } from './delete-outbox-rows';
import { PARK_OUTBOX_ROW_SQL } from './park-outbox-row';
import { READ_OUTBOX_DELTA_SQL } from './read-outbox-delta';
import { READ_OUTBOX_PAGE_SQL } from './read-outbox-page';
import { READ_OUTBOX_ROWS_SQL } from './read-outbox-rows';
import { RECORD_OUTBOX_FAILURES_SQL } from './record-outbox-failures';
import { relayConnectionString } from './relay-session';
import { parseSnapshot } from './snapshot';
import { insertManyPending } from './testing/insert-pending';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

const DEAD_ROWS = 200_000;
const ALL_PARTITIONS = `{${Array.from({ length: 64 }, (_, index) => index).join()}}`;

/** Dead rows that no vacuum may remove, under statistics from before any of it. */
describe('the plans of the relay, with 200,000 dead rows pinned by an old transaction', () => {
  let database: TestDatabase;
  let pool: Pool;
  let old: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({
      connectionString: relayConnectionString(database.url),
      applicationName: 'plans',
      max: 1,
    });
    await insertManyPending(pool, DEAD_ROWS);
    old = new Client({ connectionString: database.url });
    await old.connect();
    await old.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await old.query('SELECT count(*) FROM outbox_messages');
    await pool.query('DELETE FROM outbox_messages');
  }, 60_000);

  afterAll(async () => {
    await old.end();
    await pool.end();
    await database.drop();
  });

  async function explain(sql: string, values: readonly string[]): Promise<PlanNode> {
    const client = await pool.connect();
    try {
      await client.query(`PREPARE explained AS ${sql}`);
      const literals = values.map((value) => client.escapeLiteral(value)).join();
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained (${literals})`,
      );
      await client.query('DEALLOCATE explained');
      const plan = rows[0]?.['QUERY PLAN'][0].Plan;
      if (plan === undefined) throw new Error('no plan');
      return plan;
    } finally {
      client.release();
    }
  }

  function nodesOf(plan: PlanNode): readonly PlanNode[] {
    return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
  }
  function indexesOf(plan: PlanNode): ReadonlySet<string | undefined> {
    expect(nodesOf(plan).map((node) => node['Node Type'])).not.toContain('Seq Scan');
    return new Set(
      nodesOf(plan)
        .map((node) => node['Index Name'])
        .filter(Boolean),
    );
  }
  const buffersOf = (plan: PlanNode): number =>
    plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];

  async function snapshotNow() {
    const { rows } = await pool.query('SELECT pg_current_snapshot()::text AS text');
    return parseSnapshot(rows[0].text);
  }
  const runningOf = (ids: readonly string[]): string => `{${ids.join()}}`;

  it('reads what is new by the writing transaction, and touches next to nothing', async () => {
    const previous = await snapshotNow();
    await insertManyPending(pool, 20);
    const plan = await explain(READ_OUTBOX_DELTA_SQL, [
      previous.xmax,
      runningOf(previous.running),
      ALL_PARTITIONS,
      '1000',
    ]);
    expect(indexesOf(plan)).toEqual(new Set(['outbox_messages_xid_idx']));
    expect(buffersOf(plan)).toBeLessThan(20);
  });

  it('does not look at the rows of a transaction that still runs', async () => {
    const running = new Client({ connectionString: database.url });
    await running.connect();
    await running.query('BEGIN');
    await insertManyPending(running, 20_000);
    const { rows } = await running.query<{ xid: string }>('SELECT pg_current_xact_id() AS xid');
    await pool.query('SELECT pg_current_xact_id()');
    const previous = await snapshotNow();
    // Snapshots are those of the whole cluster: other databases' transactions stand in them too.
    expect(previous.running).toContain(rows[0]?.xid);
    const plan = await explain(READ_OUTBOX_DELTA_SQL, [
      previous.xmax,
      runningOf(previous.running),
      ALL_PARTITIONS,
      '1000',
    ]);
    expect(buffersOf(plan)).toBeLessThan(20);
    await running.query('ROLLBACK');
    await running.end();
  });

  it('pages along the primary key', async () => {
    const snapshot = await snapshotNow();
    const plan = await explain(READ_OUTBOX_PAGE_SQL, [
      String(DEAD_ROWS),
      snapshot.text,
      ALL_PARTITIONS,
      '10',
    ]);
    expect(indexesOf(plan)).toEqual(new Set(['outbox_messages_pkey']));
    expect(buffersOf(plan)).toBeLessThan(20);
  });

  it.each([
    ['reads rows', READ_OUTBOX_ROWS_SQL, ['{200001,200002,200003}']],
    ['deletes', DELETE_OUTBOX_ROWS_SQL, ['{200001,200002,200003}']],
    ['parks', PARK_OUTBOX_ROW_SQL, ['200006', '3', 'PUBLISH_NACKED', 'nacked']],
  ])('%s by the primary key', async (_what, sql, values) => {
    const plan = await explain(sql, values);
    expect(indexesOf(plan)).toEqual(new Set(['outbox_messages_pkey']));
    expect(buffersOf(plan)).toBeLessThan(120);
  });

  // The new version's index entry may look for room among all those of the same transaction.
  it('records failures by the primary key', async () => {
    const values = ['{200004,200005}', '{1,1}', '{9,9}', '{a,b}'];
    const plan = await explain(RECORD_OUTBOX_FAILURES_SQL, values);
    expect(indexesOf(plan)).toEqual(new Set(['outbox_messages_pkey']));
  });
});
