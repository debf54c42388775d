import { type ClientBase, DatabaseError, Pool } from 'pg';

export interface PoolOptions {
  connectionString: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Connections at most. */
  max?: number;
  /** Sends statements without waiting for the answers to earlier ones. */
  pipeline?: boolean;
  connectTimeoutMs?: number;
  /** Where the connection string says nothing else, and neither does the statement. */
  queryTimeoutMs?: number;
  /** Called for a connection that broke while idle; the pool replaces it by itself. */
  onIdleError?: (error: Error) => void;
}

/**
 * A statement that nobody answers for so long has a connection that died silently. It fails as one
 * that broke; the server notices a client that has left, and ends what it still did for it.
 */
const QUERY_TIMEOUT_MS = 15_000;

/** The pool that SQL and Prisma share. Connects on first use, so a server may be away at start. */
export function createPool(options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    query_timeout: options.queryTimeoutMs ?? QUERY_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(options.pipeline ? { pipeline: true } : {}),
    onConnect: noticeDeadClients,
  });
  // Without a listener an idle connection's error would end the process. The pool hangs the client
  // on it, with the session's secret key: nothing for a log.
  pool.on('error', (error: Error & { client?: unknown }) => {
    delete error.client;
    options.onIdleError?.(error);
  });
  // The pool takes its own listener off a client that is checked out. What breaks then rejects the
  // statement in flight; the socket's error behind it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * The session of a killed process that waits for a lock would hold its own locks until it gets
 * that one. Not every platform of the server can notice; those that can't refuse the setting.
 */
async function noticeDeadClients(client: ClientBase): Promise<void> {
  await client.query(`SET client_connection_check_interval = '1s'`).catch((error: unknown) => {
    if (!(error instanceof DatabaseError)) throw error;
  });
}
