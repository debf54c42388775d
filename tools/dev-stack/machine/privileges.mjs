import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

export const isRoot = () => process.getuid?.() === 0;

/**
 * How this process may act as root: directly, through sudo without a password, or (null) not at
 * all.
 */
export function rootPrefix() {
  if (isRoot()) return [];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n'] : null;
}

export async function runAsRoot(prefix, words, { timeoutMs = 300_000 } = {}) {
  const [command, ...args] = [...prefix, ...words];
  const { stdout } = await execFileAsync(command, args, {
    timeout: timeoutMs,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** The account a server that refuses to run as root gets; null when we are not root anyway. */
export function unprivilegedUser(preferred) {
  if (!isRoot()) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = [preferred, 'nobody']
    .map((name) => accounts.find((fields) => fields[0] === name))
    .find(Boolean);
  if (!account) throw new Error(`neither ${preferred} nor nobody is an account of this machine`);
  return { name: account[0], uid: Number(account[2]), gid: Number(account[3]) };
}
