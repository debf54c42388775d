import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runStep } from './run-step.mjs';

/** Runs `npm ci` when node_modules is missing or was installed from another package-lock.json. */
export async function installDependencies({ root, log }) {
  const stamp = path.join(root, 'node_modules', '.installed-lock');
  const lock = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  const wanted = lock.digest('hex');
  if (isInstalled({ root, stamp, wanted })) return;
  log('installing dependencies with npm ci');
  const step = await runStep('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
  });
  if (!step.ok) throw new Error(`npm ci failed:\n${step.output}`);
  writeFileSync(stamp, wanted);
}

function isInstalled({ root, stamp, wanted }) {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted;
  // Installed by hand: npm notes in this file what it installed, and when.
  const noted = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  return statSync(noted).mtimeMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs;
}
