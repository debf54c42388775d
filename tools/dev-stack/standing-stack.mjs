import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { removeStackFolder } from './stack-folder.mjs';

/**
 * The set of servers that `up` leaves running; its URLs stand in `.dev-stack/env`, ready for a
 * shell.
 */
export const STANDING_FOLDER = 'standing';

const envFile = (root) => path.join(root, '.dev-stack', 'env');

export function writeStandingEnv(root, env) {
  const lines = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`);
  writeFileSync(envFile(root), lines.join(''), { mode: 0o600 });
  return path.relative(process.cwd(), envFile(root));
}

/** The URLs that `up` wrote, or null when no such set stands. */
export function readStandingEnv(root) {
  if (!existsSync(envFile(root))) return null;
  const pairs = readFileSync(envFile(root), 'utf8').matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries(Array.from(pairs, ([, name, value]) => [name, value]));
}

export async function removeStandingStack(root) {
  const folder = path.join(root, '.dev-stack', STANDING_FOLDER);
  const wasThere = existsSync(folder);
  if (wasThere) await removeStackFolder(folder);
  rmSync(envFile(root), { force: true });
  return wasThere;
}
