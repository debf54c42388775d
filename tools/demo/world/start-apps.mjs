import { spawn } from 'node:child_process';
import path from 'node:path';
import { freePort } from '../../dev-stack/machine/free-port.mjs';
import { waitFor } from '../../dev-stack/wait-for.mjs';

const APPS = ['ingest-worker', 'outbox-relay', 'inventory-api', 'audit-api'];
const STOP_TIMEOUT_MS = 15_000;

/** Starts the four built apps as processes, as an operator would: with node and an environment. */
export async function startApps({ root, world, stack, secret, screen, scope, signal }) {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: world.databaseUrl,
    AMQP_URL: world.amqpUrl,
    REDIS_URL: stack.env.REDIS_URL,
    REDIS_KEY_PREFIX: world.redisPrefix,
    AUTH_JWT_SECRET: secret,
    SHUTDOWN_TIMEOUT_MS: '10000',
    LOG_LEVEL: 'warn',
  };
  const started = await Promise.all(
    APPS.map((app) => startApp({ app, root, env, stack, scope, signal })),
  );
  screen.step(`started ${started.map(({ app, port }) => `${app} :${port}`).join(', ')}`);
  return Object.fromEntries(started.map((each) => [each.app, each]));
}

async function startApp({ app, root, env, stack, scope, signal }) {
  const port = await freePort();
  const grpcPort = app === 'inventory-api' ? await freePort() : undefined;
  const main = path.join(root, 'dist', 'apps', app, 'main.js');
  const child = spawn(process.execPath, [main], {
    env: { ...env, PORT: String(port), ...(grpcPort && { GRPC_PORT: String(grpcPort) }) },
    // Ctrl-C is for the demo, which then stops the apps in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text) => (output = (output + text).slice(-5000)));
  child.stderr.on('data', (text) => (output = (output + text).slice(-5000)));
  const exited = new Promise((resolve) => child.once('close', resolve));
  stack.adopt(app, child.pid);
  scope.add(() => stopApp(child, exited));
  const url = `http://127.0.0.1:${port}`;
  await waitFor(() => assertReady(url), {
    what: app,
    timeoutMs: 40_000,
    hasFailed: () => {
      if (signal.aborted) return 'interrupted';
      return child.exitCode === null ? null : `exited with ${child.exitCode}\n${output}`;
    },
  });
  return { app, port, grpcPort, url };
}

async function assertReady(url) {
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) });
  const body = await response.text();
  if (!response.ok) throw new Error(`not ready: ${body.slice(0, 500)}`);
}

async function stopApp(child, exited) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
