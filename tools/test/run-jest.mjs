import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runStep, stopSteps } from '../bootstrap/run-step.mjs';
import { workspaceEnvironment } from '../bootstrap/workspace-environment.mjs';

const LAST_LINE = '> end';
/** A Jest that is done but does not end has a test that left something open. */
const EXIT_GRACE_MS = 20_000;

/** Runs every spec of the workspace in one Jest; resolves with how many tests passed and failed. */
export async function runJest({ root, log, env }) {
  const folder = path.join(root, 'test-results');
  const resultFile = path.join(folder, 'jest.json');
  mkdirSync(folder, { recursive: true });
  rmSync(resultFile, { force: true });
  const reporter = path.join(import.meta.dirname, 'progress-reporter.cjs');
  // Many tests wait for a server rather than for a core.
  const args = ['--ci', `--maxWorkers=${os.availableParallelism() + 1}`];
  args.push('--json', `--outputFile=${resultFile}`, `--reporters=${reporter}`);
  const { ok, output, seconds } = await runStep('jest', args, {
    cwd: root,
    env: { ...workspaceEnvironment(root), ...env },
    onLine(line) {
      if (line === LAST_LINE) setTimeout(() => stopSteps(), EXIT_GRACE_MS).unref();
      else if (line.startsWith('> ')) log(line.slice(2));
      else if (line.startsWith('| ')) console.log(line.slice(2));
    },
  });
  if (!existsSync(resultFile)) {
    log(`FAILED  jest ended without a result\n${output.slice(-3000)}`);
    return { passed: 0, failed: 1 };
  }
  const totals = readTotals(JSON.parse(readFileSync(resultFile, 'utf8')));
  // A worker that died or a handle left open: no test stands for it, and it is a failure all the
  // same.
  if (!ok && totals.failed === 0) totals.failed = 1;
  log(`jest: ${totals.passed} passed, ${totals.failed} failed (${seconds.toFixed(0)} s)`);
  return totals;
}

/** A file that could not even be run counts as one failed test. */
function readTotals(result) {
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
  };
}
