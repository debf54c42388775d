/**
 * Outlives its parent: when the parent ends, however it does, the pipe on stdin closes and the
 * guardian stops the servers of the folder it was given. After an orderly stop the folder is gone
 * and nothing is left to do.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { removeStackFolder } from './stack-folder.mjs';

const FILE = fileURLToPath(import.meta.url);

export function startGuardian(folder) {
  const child = spawn(process.execPath, [FILE, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => undefined); // without a guardian the next run cleans up
  child.stdin?.on('error', () => undefined);
  child.stdin?.unref?.();
  child.unref();
}

if (process.argv[1] === FILE) {
  const folder = process.argv[2];
  process.stdin.resume();
  process.stdin.on('end', () => {
    if (existsSync(folder)) void removeStackFolder(folder);
  });
}
