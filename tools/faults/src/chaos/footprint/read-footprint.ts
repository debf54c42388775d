import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { World } from '../../world/open-world';
import { listConnections } from '../stage/list-connections';
import type { Footprint } from './footprint';

const run = promisify(execFile);

/** The broker's part is some seconds old. */
export async function readFootprint(world: World): Promise<Footprint> {
  const connections: Record<string, number> = {};
  let channels = 0;
  for (const connection of await listConnections(world)) {
    const name = connection.user_provided_name;
    if (name === undefined) continue; // the harness's own
    connections[name] = (connections[name] ?? 0) + 1;
    channels += connection.channels;
  }
  const { rows } = await world.pool.query<{ name: string; count: number }>(
    `SELECT application_name AS name, count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> ''
     GROUP BY application_name`,
  );
  const sessions = Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  const residentMb: Record<string, number> = {};
  for (const app of world.apps) {
    const pid = app.pid();
    if (pid !== undefined) residentMb[app.label] = await residentMbOf(pid);
  }
  return { residentMb, sessions, connections, channels };
}

async function residentMbOf(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Math.round(Number(stdout) / 1_024);
}
