import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const KEPT_OUTPUT = 200_000;
const running = new Set();

/**
 * Runs a command to its end and resolves with how it went and the end of its output; it never
 * rejects. With `onLine` the output is handed on line by line as it comes.
 */
export function runStep(command, args, { cwd, env = process.env, onLine } = {}) {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    // A group of its own, so that stopping it stops what it started as well.
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    let partial = '';
    const take = (text) => {
      output = (output + text).slice(-KEPT_OUTPUT);
      if (!onLine) return;
      const lines = (partial + text).split('\n');
      partial = lines.pop();
      lines.forEach(onLine);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const finish = (ok) => {
      running.delete(child);
      if (partial) onLine?.(partial);
      resolve({ ok, output: output.trim(), seconds: (performance.now() - startedAt) / 1000 });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(false);
    });
    child.once('close', (code) => finish(code === 0));
  });
}

export function stopSteps() {
  for (const child of running) endGroup(child);
}

/**
 * Ends every step that still runs when this process is asked to end, then runs `cleanUp` and exits.
 */
export function stopStepsOnSignal(cleanUp) {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const code = 128 + constants.signals[signal];
      if (stopping) process.exit(code);
      stopping = true;
      stopSteps();
      void cleanUp().finally(() => process.exit(code));
    });
  }
}

function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
