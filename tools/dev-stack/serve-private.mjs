/**
 * Child process for tests that break servers: starts the named ones as private instances, never
 * those at the configured URLs, and does with them what its parent asks for over IPC. It ends with
 * its parent.
 */
import { CLONE_ROOT, startStack } from './start-stack.mjs';

const METHODS = ['start', 'stop', 'restart', 'kill', 'pause', 'resume', 'control'];

const starting = startStack({
  root: CLONE_ROOT,
  servers: process.argv.slice(2),
  sources: ['binaries', 'compose', 'apt'],
  log: () => undefined,
});
starting.catch(() => undefined); // reported to the parent, which always asks first

process.on('message', async ({ id, server, method, options }) => {
  try {
    const stack = await starting;
    if (method === 'ready') return process.send({ id, env: stack.env });
    if (!METHODS.includes(method)) throw new Error(`${method} is no operation of a server`);
    const output = await stack.servers[server][method](options);
    process.send({ id, ...(method === 'control' && { output }) });
  } catch (error) {
    if (process.connected) process.send({ id, error: error.message });
  }
});

process.on('disconnect', async () => {
  const stack = await starting.catch(() => null);
  await stack?.stop();
  process.exit();
});
