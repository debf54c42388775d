import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/**
 * Starts a server in a process group of its own, output to `logFile`. The group outlives this
 * process unless somebody stops it, and never gets the terminal's Ctrl-C.
 */
export function spawnServer({ command, args, env, cwd, user, logFile }) {
  const output = openSync(logFile, 'a');
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', output, output],
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  closeSync(output);
  child.unref();
  let ending = null;
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve((ending = `ended with ${signal ?? code}`)));
    child.once('error', (error) => resolve((ending = `could not be started: ${error.message}`)));
  });
  return {
    pid: child.pid,
    exited,
    /** Null while it runs, else how it ended with the end of its log. */
    ending: () => ending && `${ending}${logTail(logFile)}`,
  };
}

/** Signals every process of the group; false when none is left. */
export function signalGroup(groupId, signal) {
  try {
    process.kill(-groupId, signal);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

function logTail(logFile) {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-8);
  return lines.join('') ? `, last lines of its log:\n    ${lines.join('\n    ')}` : '';
}
