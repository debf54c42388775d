import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../machine/free-port.mjs';

const execFileAsync = promisify(execFile);
const CREDENTIALS = 'inventory:inventory';

/**
 * Starts services of docker-compose.yml under a project name and on ports of this run's own;
 * returns a map from server to handle. A handle breaks and heals its container as one of
 * server-handle.mjs does its process.
 */
export async function startCompose(servers, { root, folder, log }) {
  await assertEngine();
  const ports = {
    POSTGRES_PORT: await freePort(),
    RABBITMQ_PORT: await freePort(),
    RABBITMQ_MANAGEMENT_PORT: await freePort(),
    REDIS_PORT: await freePort(),
  };
  const id = createHash('sha256').update(folder.path).digest('hex').slice(0, 10);
  const project = `inventory-events-${id}`;
  const env = { ...process.env };
  for (const [name, port] of Object.entries(ports)) env[name] = String(port);
  const compose = async (...words) => {
    const file = path.join(root, 'docker-compose.yml');
    return docker(['compose', '-f', file, '-p', project, ...words], { env, timeout: 300_000 });
  };
  log(`starting ${servers.join(', ')} with docker compose`);
  folder.recordComposeProject(project);
  await compose('up', '-d', '--wait', ...servers);
  const handles = servers.map((name) => createHandle({ name, urls: urlsOf(name, ports), compose }));
  return new Map(handles.map((handle) => [handle.name, handle]));
}

function createHandle({ name, urls, compose }) {
  const start = () => compose('up', '-d', '--wait', '--no-deps', name);
  const kill = () => compose('kill', '--signal', 'SIGKILL', name);
  const stop = ({ immediate = false } = {}) => (immediate ? kill() : compose('stop', name));
  const url = Object.values(urls)[0];
  return {
    name,
    urls,
    url,
    port: Number(new URL(url).port),
    pid: null,
    start,
    stop,
    kill,
    async restart(options) {
      await stop(options);
      await start();
    },
    pause: () => compose('pause', name),
    resume: () => compose('unpause', name),
    async control(words) {
      if (name !== 'rabbitmq') throw new Error(`${name} has no tool to control it by`);
      return compose('exec', '-T', name, 'rabbitmqctl', ...words);
    },
  };
}

function urlsOf(server, ports) {
  if (server === 'postgres') {
    const host = `127.0.0.1:${ports.POSTGRES_PORT}`;
    return { DATABASE_URL: `postgresql://${CREDENTIALS}@${host}/inventory` };
  }
  if (server === 'rabbitmq') {
    return {
      AMQP_URL: `amqp://${CREDENTIALS}@127.0.0.1:${ports.RABBITMQ_PORT}`,
      AMQP_MANAGEMENT_URL: `http://${CREDENTIALS}@127.0.0.1:${ports.RABBITMQ_MANAGEMENT_PORT}`,
    };
  }
  return { REDIS_URL: `redis://127.0.0.1:${ports.REDIS_PORT}/0` };
}

async function assertEngine() {
  await docker(['info', '--format', '{{.ServerVersion}}'], { timeout: 5000 });
  await docker(['compose', 'version'], { timeout: 5000 });
}

async function docker(args, options) {
  try {
    const { stdout } = await execFileAsync('docker', args, options);
    return stdout;
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error('docker is not on this machine', { cause: error });
    const lines = String(error.stderr ?? '')
      .trim()
      .split('\n');
    throw new Error(lines.filter(Boolean).at(-1) ?? error.message, { cause: error });
  }
}
