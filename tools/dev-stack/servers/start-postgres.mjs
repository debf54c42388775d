import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findExecutable, versionFolders } from '../machine/find-executable.mjs';
import { freePort } from '../machine/free-port.mjs';
import { unprivilegedUser } from '../machine/privileges.mjs';
import { MINIMUM_POSTGRES_VERSION, probePostgres } from '../probes/probe-postgres.mjs';
import { startServer } from './server-handle.mjs';

const execFileAsync = promisify(execFile);
const USER = 'inventory';
// Durability stays at PostgreSQL's defaults (fsync, synchronous_commit, full_page_writes all on).
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 300,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] %a ',
  timezone: 'UTC',
};

/** A private PostgreSQL under `folder`, with fresh data, on a free port of 127.0.0.1. */
export async function startPostgres({ folder, settings = {} }) {
  const { postgres, initdb } = findPostgresBinaries();
  const user = unprivilegedUser('postgres');
  const home = ownedFolder(folder, user);
  const data = path.join(home, 'data');
  const password = randomBytes(12).toString('hex');
  const passwordFile = path.join(home, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const env = { PATH: process.env.PATH, HOME: home, LC_ALL: 'C', TZ: 'UTC' };
  const account = user && { uid: user.uid, gid: user.gid };
  const initdbArgs = [`--pgdata=${data}`, `--username=${USER}`, `--pwfile=${passwordFile}`];
  initdbArgs.push('--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync');
  await execFileAsync(initdb, initdbArgs, { env, cwd: home, ...account });
  rmSync(passwordFile);
  const port = await freePort();
  const url = `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`;
  const options = Object.entries({ ...SETTINGS, port, ...settings });
  return startServer(
    {
      name: 'postgres',
      port,
      urls: { DATABASE_URL: url },
      launch: {
        command: postgres,
        args: ['-D', data, ...options.flatMap(([key, value]) => ['-c', `${key}=${value}`])],
        env,
        cwd: home,
        user,
        logFile: path.join(folder.subfolder('logs'), 'postgres.log'),
      },
      probe: () => probePostgres(url),
      stopSignal: 'SIGINT', // "fast": sessions are ended, a checkpoint is written
      immediateSignal: 'SIGQUIT', // as after a crash: recovery at the next start
      readyTimeoutMs: 60_000,
    },
    { folder },
  );
}

function findPostgresBinaries() {
  const folders = versionFolders('/usr/lib/postgresql').map((base) => path.join(base, 'bin'));
  const postgres = findExecutable('postgres', { folders });
  const initdb = findExecutable('initdb', { folders });
  if (!postgres || !initdb) throw new Error('no postgres and initdb on this machine');
  const printed = spawnSync(postgres, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const version = Number(/(\d+)/.exec(printed)?.[1]);
  if (!(version >= MINIMUM_POSTGRES_VERSION)) {
    throw new Error(`${postgres} is ${printed.trim()}, needed is ${MINIMUM_POSTGRES_VERSION}`);
  }
  return { postgres, initdb };
}

/**
 * PostgreSQL refuses to run as root, so its folder belongs to another account, which must also be
 * able to reach it: below a private home directory it can't, and the data goes to the system's
 * temporary folder instead.
 */
function ownedFolder(folder, user) {
  const inside = path.join(folder.path, 'postgres');
  mkdirSync(inside, { mode: 0o700 });
  if (!user) return inside;
  chownSync(inside, user.uid, user.gid);
  const access = spawnSync('test', ['-w', inside], { uid: user.uid, gid: user.gid, cwd: '/' });
  if (access.status === 0) return inside;
  const outside = mkdtempSync(path.join(os.tmpdir(), 'inventory-events-postgres-'));
  folder.recordOutsideFolder(outside);
  chownSync(outside, user.uid, user.gid);
  return outside;
}
