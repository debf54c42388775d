import { Client, type QueryResultRow } from 'pg';
import type { LeaseKeys } from './lease-keys';

export interface LeaseView {
  /** The backend pids of all live members. */
  readonly members: readonly number[];
  /** Partitions that anyone holds. */
  readonly held: ReadonlySet<number>;
}

export interface LeaseSessionOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  readonly keys: LeaseKeys;
  readonly idleTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Called once at most, and never before the session is open: until then opening it fails. */
  onEnd(error: Error | undefined): void;
}

/** One database session whose advisory locks are the leases; they end when the session does. */
export interface LeaseSession {
  /** The pid of this session's backend: its name among the members. */
  readonly self: number;
  look(): Promise<LeaseView>;
  tryAcquire(partitions: readonly number[]): Promise<readonly number[]>;
  release(partition: number): Promise<void>;
  /** No longer counted as a member: the fair share is nothing, and that of the others grows. */
  leave(): Promise<void>;
  close(): Promise<void>;
  /** Without waiting for the server: for a connection that no longer answers. */
  destroy(): void;
}

// Reads the lock table in shared memory; no index and no table is involved.
const LOOK_SQL = `
  SELECT classid::bigint::int AS class, objid::bigint::int AS object
  FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 2 AND granted
    AND classid IN ($1::int::oid, $2::int::oid)
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const JOIN_SQL = `
  SELECT pg_backend_pid() AS self, pg_advisory_lock($1::int, pg_backend_pid())`;

const TRY_ACQUIRE_SQL = `
  SELECT wanted.partition, pg_try_advisory_lock($1::int, wanted.partition) AS acquired
  FROM unnest($2::int[]) AS wanted (partition)`;

const RELEASE_SQL = 'SELECT pg_advisory_unlock($1::int, $2::int)';
const LEAVE_SQL = 'SELECT pg_advisory_unlock($1::int, pg_backend_pid())';

interface LookRow {
  readonly class: number;
  readonly object: number;
}

interface AcquireRow {
  readonly partition: number;
  readonly acquired: boolean;
}

export async function openLeaseSession(options: LeaseSessionOptions): Promise<LeaseSession> {
  const { keys, onEnd } = options;
  const client = new Client({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs,
    keepAlive: true,
  });
  let isOpen = false;
  let ended = false;
  const end = (error?: Error): void => {
    if (ended || !isOpen) return;
    ended = true;
    onEnd(error);
  };
  client.on('error', end);
  client.on('end', () => end());
  const self = await enter(client, options).catch((error: unknown) => {
    ended = true;
    destroyClient(client);
    throw error;
  });
  isOpen = true;
  let last: Promise<unknown> = Promise.resolve();
  /** One statement at a time: a poll and a release may want the connection together. */
  const run = <R extends QueryResultRow>(sql: string, values: unknown[]): Promise<R[]> => {
    const query = (): Promise<R[]> => client.query<R>(sql, values).then(({ rows }) => rows);
    const result = last.then(query, query);
    last = result;
    return result;
  };
  return {
    self,
    async look() {
      return toView(await run<LookRow>(LOOK_SQL, [keys.partitionClass, keys.presenceClass]), keys);
    },
    async tryAcquire(partitions) {
      const rows = await run<AcquireRow>(TRY_ACQUIRE_SQL, [keys.partitionClass, partitions]);
      return rows.filter((row) => row.acquired).map((row) => row.partition);
    },
    async release(partition) {
      await run(RELEASE_SQL, [keys.partitionClass, partition]);
    },
    async leave() {
      await run(LEAVE_SQL, [keys.presenceClass]);
    },
    async close() {
      ended = true;
      await client.end();
    },
    destroy() {
      ended = true;
      destroyClient(client);
    },
  };
}

async function enter(client: Client, options: LeaseSessionOptions): Promise<number> {
  await client.connect();
  // A paused or unreachable holder sends nothing: the server then ends its session, and with it
  // the locks. Advisory locks have no time-out of their own.
  await client.query(`SET idle_session_timeout = ${Math.ceil(options.idleTimeoutMs)}`);
  const { rows } = await client.query<{ self: number }>(JOIN_SQL, [options.keys.presenceClass]);
  return rows[0]?.self ?? 0;
}

function toView(rows: readonly LookRow[], keys: LeaseKeys): LeaseView {
  const objectsOf = (lockClass: number): number[] =>
    rows.filter((row) => row.class === lockClass).map((row) => row.object);
  return { members: objectsOf(keys.presenceClass), held: new Set(objectsOf(keys.partitionClass)) };
}

function destroyClient(client: Client): void {
  client.on('error', () => undefined); // what a cut socket still reports is known already
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } };
  connection?.stream?.destroy();
}
