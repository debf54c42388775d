import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findExecutable } from '../machine/find-executable.mjs';
import { freePort } from '../machine/free-port.mjs';
import { probeRedis } from '../probes/probe-redis.mjs';
import { startServer } from './server-handle.mjs';

/** A private Redis under `folder` that keeps nothing on disk, on a free port of 127.0.0.1. */
export async function startRedis({ folder }) {
  const command = findExecutable('redis-server') ?? findExecutable('valkey-server');
  if (!command) throw new Error('no redis-server on this machine');
  const home = folder.subfolder('redis');
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const configFile = path.join(home, 'redis.conf');
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    'daemonize no',
    'save ""',
    'appendonly no',
    `dir "${home}"`,
    `requirepass ${password}`,
  ];
  // In a file, for a command line can be read by everybody on the machine.
  writeFileSync(configFile, `${settings.join('\n')}\n`, { mode: 0o600 });
  const url = `redis://:${password}@127.0.0.1:${port}/0`;
  return startServer(
    {
      name: 'redis',
      port,
      urls: { REDIS_URL: url },
      launch: {
        command,
        args: [configFile],
        env: { PATH: process.env.PATH },
        cwd: home,
        logFile: path.join(folder.subfolder('logs'), 'redis.log'),
      },
      probe: () => probeRedis(url),
      stopSignal: 'SIGTERM',
      immediateSignal: 'SIGKILL',
      readyTimeoutMs: 15_000,
    },
    { folder },
  );
}
