import { withClient } from '@inventory-events/testing';
import { existsSync } from 'node:fs';
import { NotPossibleHereError, type Outage } from '../outage';
import { lockTables } from '../stage/lock-tables';
import { repeat } from '../stage/repeat';
import { mountSmallDisk } from '../stage/small-disk';

const breaks = ['postgres'] as const;
const NOTHING = () => Promise.resolve();
const DISK_MB = 64;
const TERMINATE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

const backendKilled: Outage = {
  name: 'PostgreSQL: a backend killed',
  injected: 'SIGKILL to the backend of a session of a worker: the server drops every session',
  expected: 'all connect again',
  breaks,
  bite: 'warnings',
  holdMs: 0,
  limitMs: 15_000,
  prepare: ({ world: { databaseUrl } }) => ({
    inject: () =>
      withClient(databaseUrl, async (client) => {
        const { rows } = await client.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'ingest-worker' LIMIT 1`,
        );
        const pid = rows[0]?.pid ?? 0;
        if (!existsSync(`/proc/${pid}`)) {
          throw new NotPossibleHereError('the processes of the server are not on this machine');
        }
        client.on('error', () => undefined); // this session ends with the others
        process.kill(pid, 'SIGKILL');
      }),
    heal: NOTHING,
  }),
};

const restarted: Outage = {
  name: 'PostgreSQL: immediate restart',
  injected: 'stopped as by a crash (immediate) and started again',
  expected: 'all connect again when it has recovered',
  breaks,
  bite: 'warnings',
  holdMs: 0,
  limitMs: 15_000,
  prepare: (stage) => ({
    inject: () => stage.server('postgres').restart({ immediate: true }),
    heal: NOTHING,
  }),
};

const terminated: Outage = {
  name: 'PostgreSQL: sessions terminated',
  injected: 'pg_terminate_backend for every session, every 500 ms for 4 s',
  expected: 'what was under way is done again, once',
  breaks: [],
  bite: 'warnings',
  holdMs: 4_000,
  limitMs: 15_000,
  prepare({ world: { databaseUrl } }) {
    const terminating = repeat(500, () =>
      withClient(databaseUrl, async (client) => void (await client.query(TERMINATE))),
    );
    return { inject: async () => terminating.start(), heal: () => terminating.stop() };
  },
};

const locked: Outage = {
  name: 'PostgreSQL: tables locked',
  injected: 'LOCK TABLE on stock, inbox, audit log and outbox in another session for 6 s',
  expected: 'nothing is taken for lost or given up; it goes on when the lock is gone',
  breaks: [],
  bite: 'standstill',
  holdMs: 6_000,
  limitMs: 15_000,
  prepare({ world: { databaseUrl } }) {
    let unlock = NOTHING;
    return {
      inject: async () => void (unlock = await lockTables(databaseUrl)),
      heal: () => unlock(),
    };
  },
};

const diskFull: Outage = {
  name: 'PostgreSQL: disk full',
  injected: `the database on a tmpfs of ${DISK_MB} MB, filled by a file that is removed after 5 s`,
  expected: 'writes fail and are tried again; nothing is dead-lettered',
  breaks,
  bite: 'standstill',
  holdMs: 5_000,
  limitMs: 20_000,
  async prepare({ world: { databaseUrl } }) {
    const server = new URL(databaseUrl);
    const name = server.pathname.slice(1);
    server.pathname = '/postgres';
    const execute = (sql: string) =>
      withClient(server.href, async (client) => {
        const { rows } = await client.query<{ data_directory?: string }>(sql);
        return rows[0]?.data_directory ?? '';
      });
    const disk = await mountSmallDisk(DISK_MB, await execute('SHOW data_directory'));
    await execute(`CREATE TABLESPACE small LOCATION '${disk.path}'`);
    await execute(`ALTER DATABASE "${name}" SET TABLESPACE small`);
    return {
      inject: () => disk.fill(),
      heal: () => disk.free(),
      async remove() {
        await execute('DROP TABLESPACE small').finally(() => disk.remove());
      },
    };
  },
};

const readOnly: Outage = {
  name: 'PostgreSQL: read-only',
  injected: 'default_transaction_read_only on for 5 s, sessions terminated when it begins',
  expected: 'writes fail and are tried again; nothing is dead-lettered',
  breaks,
  bite: 'standstill',
  holdMs: 5_000,
  limitMs: 15_000,
  prepare({ world: { databaseUrl } }) {
    const execute = (...statements: readonly string[]) =>
      withClient(databaseUrl, async (client) => {
        for (const sql of statements) await client.query(sql);
      });
    const reload = 'SELECT pg_reload_conf()';
    return {
      inject: () =>
        execute('ALTER SYSTEM SET default_transaction_read_only = on', reload, TERMINATE),
      heal: () => execute('ALTER SYSTEM RESET default_transaction_read_only', reload),
    };
  },
};

export const postgresOutages: readonly Outage[] = [
  backendKilled,
  restarted,
  terminated,
  locked,
  diskFull,
  readOnly,
];
