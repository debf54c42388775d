// npm run bench [name …]: compiles the benchmarks, gets real servers and runs them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { startStack } from '../dev-stack/start-stack.mjs';
import { bundleBenchmarks } from './bundle-benchmarks.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const APPS = ['ingest-worker', 'outbox-relay', 'audit-api', 'inventory-api'];

const missing = APPS.filter((app) => !existsSync(path.join(root, 'dist', 'apps', app, 'main.js')));
if (missing.length > 0) {
  console.error(`Not built: ${missing.join(', ')}. Run "npm run build" first.`);
  process.exit(1);
}
const entry = await bundleBenchmarks(root);
const stack = await startStack({ root, log: (line) => console.error(`[stack] ${line}`) });
try {
  const child = spawn(process.execPath, [entry, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...stack.env },
  });
  // The terminal sends SIGINT to both; the benchmarks end their apps, and then the servers go.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} finally {
  await stack.stop();
}
