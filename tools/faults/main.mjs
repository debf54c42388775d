// npm run faults -- [command] [options]: gets real servers and breaks things.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { startStack } from '../dev-stack/start-stack.mjs';
import { bundleFaults } from './bundle-faults.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const entry = await bundleFaults(root);
const stack = await startStack({ root, log: (line) => console.error(`[stack] ${line}`) });
try {
  const child = spawn(process.execPath, ['--enable-source-maps', entry, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...stack.env },
  });
  // The terminal sends SIGINT to both; the harness ends its apps, and then the servers go.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} finally {
  await stack.stop();
}
