import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, as an opaque text, or null when it is gone. A recorded pid together with
 * this text tells a process of ours from a stranger that got the same number later.
 */
export function processStartedAt(pid) {
  if (!isAlive(pid)) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : fields[19];
  } catch {
    // No /proc on this system: ask ps.
    return (
      spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)])
        .stdout?.toString()
        .trim() || null
    );
  }
}

export function identifyProcess(pid) {
  return { pid, startedAt: processStartedAt(pid) };
}

export function isSameProcess(identity) {
  return identity.startedAt !== null && processStartedAt(identity.pid) === identity.startedAt;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
