/**
 * `npm test`: everything a change has to pass, on a fresh clone. The last line is `N passed, N
 * failed`.
 */
import { randomBytes } from 'node:crypto';
import { installDependencies } from '../bootstrap/install-dependencies.mjs';
import { stopStepsOnSignal } from '../bootstrap/run-step.mjs';
import { CLONE_ROOT, startStack } from '../dev-stack/start-stack.mjs';
import { removeLeftovers } from './remove-leftovers.mjs';
import { runJest } from './run-jest.mjs';
import { runStaticChecks } from './run-static-checks.mjs';

const startedAt = performance.now();
const root = CLONE_ROOT;
const totals = { passed: 0, failed: 0 };
let stack = null;

function log(line) {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`[${String(seconds).padStart(4)} s] ${line}`);
}

function count({ passed, failed }) {
  totals.passed += passed;
  totals.failed += failed;
}

async function runAll() {
  await installDependencies({ root, log });
  const starting = startStack({ root, log });
  starting.catch(() => undefined); // awaited below; the checks before it need no server
  const checks = await runStaticChecks({ root, log });
  count(checks);
  stack = await starting;
  const runId = randomBytes(4).toString('hex');
  try {
    count(await runJest({ root, log, env: { ...stack.env, TEST_RUN_ID: runId } }));
  } finally {
    await removeLeftovers({ runId, stack, log });
  }
}

stopStepsOnSignal(async () => stack?.stop());
try {
  await runAll();
} catch (error) {
  log(error.stack);
  totals.failed += 1;
} finally {
  await stack?.stop();
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);
