import { workspaceRoot } from '@inventory-events/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMutants } from './cases/run-mutants';
import { runPoints } from './cases/run-points';
import { type Arguments, parseArguments, USAGE } from './cli/parse-arguments';
import type { CaseResult } from './report/case-result';
import { describeResult } from './report/describe-result';
import { mutantTable } from './report/mutant-table';
import { pointTable } from './report/point-table';
import { renderTable } from './report/render-table';
import { closeOpenWorlds } from './world/open-world';

/** Cases at a time: each is a handful of processes. */
const WIDTH = 2;
const FOLDER = join(workspaceRoot, 'dist', 'faults');
const startedAt = performance.now();
const results: CaseResult[] = [];

/** What the apps of a failed case wrote is kept beside the report. */
function onResult(result: CaseResult, logs: string): void {
  results.push(result);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(`[${String(seconds).padStart(5)} s] ${describeResult(result)}`);
  if (result.isPassed) return;
  const file = `${result.name.replaceAll(/[^a-z0-9.-]+/gi, '-')}.log`;
  mkdirSync(join(FOLDER, 'logs'), { recursive: true });
  writeFileSync(join(FOLDER, 'logs', file), logs);
}

async function run({ commands, only, seed, rounds }: Arguments): Promise<void> {
  console.log(`seed ${seed}`);
  const shared = { seed, only, width: WIDTH, onResult };
  for (const command of commands) {
    if (command === 'points') {
      const report = await runPoints({ ...shared, variant: 'points' });
      console.log(`\n${renderTable(pointTable(report))}\n`);
    } else {
      const rows = await runMutants({ ...shared, folder: 'mutants', rounds });
      console.log(`\n${renderTable(mutantTable(rows))}\n`);
    }
  }
  await closeOpenWorlds();
  const failed = results.filter((result) => !result.isPassed).length;
  mkdirSync(FOLDER, { recursive: true });
  const report = { commands, only, seed, passed: results.length - failed, failed, results };
  writeFileSync(join(FOLDER, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(
    `${results.length - failed} passed, ${failed} failed; report: dist/faults/report.json`,
  );
  if (failed > 0) process.exitCode = 1;
}

async function interrupt(): Promise<void> {
  await closeOpenWorlds();
  process.exit(130);
}
process.once('SIGINT', () => void interrupt());
process.once('SIGTERM', () => void interrupt());

const wanted = parseArguments(process.argv.slice(2));
if (wanted === undefined) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  run(wanted).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
