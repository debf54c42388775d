import path from 'node:path';
import { startGuardian } from './guardian.mjs';
import { installPackages } from './sources/install-packages.mjs';
import { createStackFolder, removeStackFolder, removeStaleFolders } from './stack-folder.mjs';
import { readStandingEnv, STANDING_FOLDER } from './standing-stack.mjs';
import { startCompose } from './sources/start-compose.mjs';
import { startPostgres } from './servers/start-postgres.mjs';
import { startRabbitmq } from './servers/start-rabbitmq.mjs';
import { startRedis } from './servers/start-redis.mjs';
import { useConfigured } from './sources/use-configured.mjs';

export const SERVERS = ['postgres', 'rabbitmq', 'redis'];
const STARTERS = { postgres: startPostgres, rabbitmq: startRabbitmq, redis: startRedis };
const PACKAGES = { postgres: 'postgresql', rabbitmq: 'rabbitmq-server', redis: 'redis-server' };
/** The root of the clone this file belongs to. */
export const CLONE_ROOT = path.resolve(import.meta.dirname, '..', '..');
const ALL_SOURCES = ['configured', 'standing', 'compose', 'binaries', 'apt'];
let runs = 0;

/**
 * Finds or starts PostgreSQL, RabbitMQ and Redis. Each server comes from the first source that has
 * it:
 * - configured: the URLs in `env`
 * - standing: what `up` left running in this clone
 * - compose: docker-compose.yml
 * - binaries: private instances of the programs on this machine
 * - apt: the same, after installing them
 *
 * Returns `env` (the URLs), `how` (server → source), `servers` (handles; a server that was merely
 * found has only its URLs), `stop`, which ends what was started here and nothing else, and
 * `adopt(name, pid)` for a process that must not outlive the stack either.
 */
export async function startStack(options) {
  const { root, log = () => undefined, servers = SERVERS, env = process.env } = options;
  const { sources = ALL_SOURCES, standing = false } = options;
  await removeStaleFolders(root, { log });
  const name = standing ? STANDING_FOLDER : `run-${process.pid}-${++runs}`;
  const folder = createStackFolder({ root, name, owned: !standing });
  if (!standing) startGuardian(folder.path);
  const stop = () => removeStackFolder(folder.path);
  const context = { root, env, log, folder };
  const found = new Map();
  const attempts = [];
  try {
    for (const source of sources) {
      const missing = servers.filter((server) => !found.has(server));
      if (missing.length === 0) break;
      const results = await SOURCES[source](missing, context);
      for (const [server, { handle, reason }] of results) {
        if (handle) found.set(server, { handle, source });
        else attempts.push({ server, source, reason });
        // A server that was named but does not answer deserves a word; the others are simply looked
        // for.
        if (reason && source === 'configured' && !reason.endsWith('is not set')) {
          log(`${server}: not at the configured URL (${reason})`);
        }
      }
    }
    assertComplete({ servers, found, attempts });
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...toStack({ found, log }), stop, adopt: folder.recordAdopted };
}

const SOURCES = {
  configured: (missing, { env }) => attempt(missing, (server) => useConfigured(server, env)),
  async standing(missing, { root }) {
    const standingEnv = readStandingEnv(root);
    if (!standingEnv) return new Map();
    return attempt(missing, (server) => useConfigured(server, standingEnv));
  },
  async compose(missing, context) {
    try {
      const handles = await startCompose(missing, context);
      return new Map(missing.map((server) => [server, { handle: handles.get(server) }]));
    } catch (error) {
      return new Map(missing.map((server) => [server, { reason: error.message }]));
    }
  },
  binaries: (missing, { folder }) => attempt(missing, (server) => STARTERS[server]({ folder })),
  async apt(missing, { folder, log }) {
    try {
      await installPackages(
        missing.map((server) => PACKAGES[server]),
        { log },
      );
    } catch (error) {
      return new Map(missing.map((server) => [server, { reason: error.message }]));
    }
    return attempt(missing, (server) => STARTERS[server]({ folder }));
  },
};

async function attempt(missing, start) {
  const results = await Promise.allSettled(missing.map(async (server) => start(server)));
  return new Map(
    missing.map((server, index) => {
      const result = results[index];
      if (result.status === 'fulfilled') return [server, { handle: result.value }];
      return [server, { reason: result.reason.message }];
    }),
  );
}

function assertComplete({ servers, found, attempts }) {
  const missing = servers.filter((server) => !found.has(server));
  if (missing.length === 0) return;
  const lines = missing.map((server) => {
    const tried = attempts.filter((each) => each.server === server);
    return [`${server}:`, ...tried.map(({ source, reason }) => `  ${source}: ${reason}`)].join(
      '\n',
    );
  });
  throw new Error(
    `No ${missing.join(', no ')}. What was tried:\n${lines.join('\n')}\n` +
      'Set DATABASE_URL, AMQP_URL (with AMQP_MANAGEMENT_URL) and REDIS_URL, ' +
      'or start Docker, or install the servers.',
  );
}

function toStack({ found, log }) {
  const env = {};
  const how = {};
  const handles = {};
  for (const [server, { handle, source }] of found) {
    Object.assign(env, handle.urls);
    how[server] = source;
    handles[server] = handle;
    log(`${server}: ${source}, ${new URL(Object.values(handle.urls)[0]).host}`);
  }
  return { env, how, servers: handles };
}
