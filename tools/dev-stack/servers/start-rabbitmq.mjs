import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { findExecutable, versionFolders } from '../machine/find-executable.mjs';
import { freePort } from '../machine/free-port.mjs';
import { probeRabbitmq } from '../probes/probe-rabbitmq.mjs';
import { startServer } from './server-handle.mjs';
import { spawnServer } from './server-process.mjs';

const execFileAsync = promisify(execFile);
const USER = 'inventory';
const PLUGINS = ['rabbitmq_management', 'rabbitmq_consistent_hash_exchange'];
// The first of these wins: Debian's wrapper in /usr/sbin insists on the system's own folders.
const SCRIPT_FOLDERS = [
  '/usr/lib/rabbitmq/bin',
  ...versionFolders('/usr/lib/rabbitmq/lib').map((base) => path.join(base, 'sbin')),
];

/**
 * A private RabbitMQ under `folder`, with an Erlang port mapper of its own, on free ports of
 * 127.0.0.1.
 */
export async function startRabbitmq({ folder }) {
  const command = findExecutable('rabbitmq-server', { folders: SCRIPT_FOLDERS });
  if (!command) throw new Error('no rabbitmq-server on this machine');
  const home = folder.subfolder('rabbitmq');
  const logs = folder.subfolder('logs');
  const ports = {
    amqp: await freePort(),
    management: await freePort(),
    distribution: await freePort(),
    epmd: await freePort(),
  };
  const password = randomBytes(12).toString('hex');
  writeSettings({ home, ports, password });
  startPortMapper({ folder, logs, port: ports.epmd });
  const env = serverEnvironment({ home, logs, ports });
  const credentials = `${USER}:${password}`;
  const urls = {
    AMQP_URL: `amqp://${credentials}@127.0.0.1:${ports.amqp}`,
    AMQP_MANAGEMENT_URL: `http://${credentials}@127.0.0.1:${ports.management}`,
  };
  return startServer(
    {
      name: 'rabbitmq',
      port: ports.amqp,
      urls,
      launch: {
        command,
        args: [],
        env,
        cwd: home,
        logFile: path.join(logs, 'rabbitmq.log'),
      },
      probe: () =>
        probeRabbitmq({ amqpUrl: urls.AMQP_URL, managementUrl: urls.AMQP_MANAGEMENT_URL }),
      stopSignal: 'SIGTERM',
      immediateSignal: 'SIGKILL',
      readyTimeoutMs: 120_000,
      control: (words) => runTool(words, { env, home }),
    },
    { folder },
  );
}

async function runTool(words, { env, home }) {
  const command = findExecutable('rabbitmqctl', { folders: SCRIPT_FOLDERS });
  if (!command) throw new Error('no rabbitmqctl on this machine');
  const { stdout } = await execFileAsync(command, words, { env, cwd: home, timeout: 60_000 });
  return stdout;
}

function writeSettings({ home, ports, password }) {
  const settings = {
    'listeners.tcp.default': `127.0.0.1:${ports.amqp}`,
    'management.tcp.ip': '127.0.0.1',
    'management.tcp.port': ports.management,
    default_user: USER,
    default_pass: password,
    'default_user_tags.administrator': true,
    'disk_free_limit.absolute': '100MB',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
  writeFileSync(path.join(home, 'rabbitmq.conf'), lines.join(''), { mode: 0o600 });
  writeFileSync(path.join(home, 'enabled_plugins'), `[${PLUGINS.join(',')}].\n`);
  writeFileSync(path.join(home, 'rabbitmq-env.conf'), '');
  const cookie = randomBytes(20).toString('hex').toUpperCase();
  writeFileSync(path.join(home, '.erlang.cookie'), cookie, { mode: 0o400 });
}

function serverEnvironment({ home, logs, ports }) {
  const nodeId = createHash('sha256').update(home).digest('hex').slice(0, 12);
  return {
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'C.UTF-8',
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `inventory-${nodeId}@localhost`,
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_CONF_ENV_FILE: path.join(home, 'rabbitmq-env.conf'),
    RABBITMQ_CONFIG_FILE: path.join(home, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: path.join(home, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: path.join(home, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: path.join(home, 'mnesia'),
    RABBITMQ_LOG_BASE: logs,
    RABBITMQ_LOGS: '-',
    RABBITMQ_GENERATED_CONFIG_DIR: path.join(home, 'generated'),
    RABBITMQ_PID_FILE: path.join(home, 'rabbitmq.pid'),
    // Distribution on loopback only; idle schedulers sleep instead of spinning on a core that
    // others need.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none',
  };
}

/**
 * Ours from the start, so that its process id is known; Erlang would leave one behind as a daemon.
 */
function startPortMapper({ folder, logs, port }) {
  const command = findExecutable('epmd', { folders: ['/usr/lib/erlang/bin'] });
  if (!command) return; // Erlang then starts its own, on the same private port
  const mapper = spawnServer({
    command,
    args: ['-port', String(port), '-address', '127.0.0.1'],
    env: { PATH: process.env.PATH },
    cwd: '/',
    logFile: path.join(logs, 'epmd.log'),
  });
  if (mapper.pid) folder.recordProcess('epmd', mapper.pid, 'SIGTERM');
}
