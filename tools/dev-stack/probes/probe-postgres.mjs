import { exchangeBytes } from './exchange-bytes.mjs';

export const MINIMUM_POSTGRES_VERSION = 15;

/** The server takes connections: it answers a startup message with an authentication request. */
export async function probePostgres(databaseUrl) {
  const url = new URL(databaseUrl);
  const user = decodeURIComponent(url.username || 'postgres');
  const database = decodeURIComponent(url.pathname.slice(1) || user);
  const body = Buffer.from(`user\0${user}\0database\0${database}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(0x00030000, 4);
  const answer = await exchangeBytes({
    host: url.hostname,
    port: url.port || 5432,
    request: Buffer.concat([head, body]),
    isComplete: (received) => received.length >= 5 && hasWholeMessage(received),
  });
  const kind = String.fromCharCode(answer[0]);
  if (kind === 'R') return;
  if (kind === 'E') throw new Error(errorMessage(answer));
  throw new Error(`${url.host} does not speak the PostgreSQL protocol`);
}

/** The configured server is usable: right password, new enough, and allowed to create databases. */
export async function assertUsablePostgres(databaseUrl) {
  const driver = await import('pg').catch(() => null);
  // Before the first `npm ci` there is no driver; the handshake has to do.
  if (!driver) return probePostgres(databaseUrl);
  const client = new driver.default.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 3000,
  });
  client.on('error', () => undefined); // a fault after the answer is not this probe's business
  try {
    await client.connect();
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int / 10000 as version,
              (rolcreatedb or rolsuper) as may_create from pg_roles where rolname = current_user`,
    );
    if (rows[0].version < MINIMUM_POSTGRES_VERSION) {
      throw new Error(`PostgreSQL ${rows[0].version} is older than ${MINIMUM_POSTGRES_VERSION}`);
    }
    if (!rows[0].may_create) throw new Error('the user may not create databases');
  } finally {
    await client.end().catch(() => undefined);
  }
}

function hasWholeMessage(received) {
  const length = received.readInt32BE(1);
  return received.length >= length + 1 || length > 10_000;
}

function errorMessage(answer) {
  const fields = answer.subarray(5).toString().split('\0');
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'refused by PostgreSQL';
}
