import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { processStartedAt } from '../machine/process-identity.mjs';
import { signalGroup, spawnServer } from './server-process.mjs';
import { waitFor } from '../wait-for.mjs';

const GRACE_MS = 20_000;

/**
 * Starts a server and returns the handle tests break it with. Every start of one handle uses the
 * same port and data. `definition`: name, port, urls (environment variables for clients), launch
 * (see spawnServer), probe (throws until the server is ready), stopSignal (orderly),
 * immediateSignal, readyTimeoutMs, control (runs the server's own tool with these words; optional).
 */
export async function startServer(definition, { folder }) {
  const { name, port, urls, launch, probe } = definition;
  let running = null;

  async function start() {
    if (running) return;
    running = spawnServer(launch);
    if (running.pid) folder.recordProcess(name, running.pid, definition.immediateSignal);
    try {
      const { readyTimeoutMs } = definition;
      await waitFor(probe, { what: name, timeoutMs: readyTimeoutMs, hasFailed: running.ending });
    } catch (error) {
      await end(definition.immediateSignal);
      throw error;
    }
  }

  async function end(signal) {
    if (!running) return;
    const { pid, exited } = running;
    running = null;
    if (!pid) return;
    if (signal === 'SIGKILL') signalGroup(pid, signal);
    else signalLeader(pid, signal);
    const timer = new AbortController();
    const late = delay(GRACE_MS, 'late', { signal: timer.signal }).catch(() => null);
    if ((await Promise.race([exited, late])) === 'late') signalGroup(pid, 'SIGKILL');
    timer.abort();
    await waitFor(() => assertClosed(port), { what: `${name} stopping`, timeoutMs: GRACE_MS });
    folder.forgetProcess(name);
  }

  const stop = ({ immediate = false } = {}) =>
    end(immediate ? definition.immediateSignal : definition.stopSignal);
  await start();
  return {
    name,
    port,
    urls,
    url: Object.values(urls)[0],
    get pid() {
      return running?.pid ?? null;
    },
    start,
    stop,
    /** SIGKILL to every process of the server. */
    kill: () => end('SIGKILL'),
    async restart(options) {
      await stop(options);
      await start();
    },
    /** Freezes the whole server; its connections stay open and silent. */
    pause: () => void (running && signalGroup(running.pid, 'SIGSTOP')),
    resume: () => void (running && signalGroup(running.pid, 'SIGCONT')),
    async control(words) {
      if (!definition.control) throw new Error(`${name} has no tool to control it by`);
      return definition.control(words);
    },
  };
}

export function signalLeader(pid, signal) {
  if (processStartedAt(pid) !== null) process.kill(pid, signal);
}

/** The kernel frees the port of a killed process a moment after its end. */
async function assertClosed(port) {
  const socket = net.connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } catch {
    return; // refused, as it should be
  } finally {
    socket.destroy();
  }
  throw new Error(`port ${port} is still open`);
}
