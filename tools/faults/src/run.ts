import { workspaceRoot } from '@inventory-events/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAbuse } from './abuse/run-abuse';
import { closeOpenAbuseWorlds } from './abuse/world/open-abuse-world';
import { runMutants } from './cases/run-mutants';
import { runOutages } from './cases/run-outages';
import { runPoints } from './cases/run-points';
import { chaosTable } from './chaos/record/chaos-table';
import { renderRecord } from './chaos/record/render-record';
import { readPlan } from './chaos/plan/read-plan';
import { runChaos } from './chaos/run/run-chaos';
import { type Arguments, parseArguments, USAGE } from './cli/parse-arguments';
import { abuseTable } from './report/abuse-table';
import type { CaseResult } from './report/case-result';
import { describeResult } from './report/describe-result';
import { mutantTable } from './report/mutant-table';
import { outageTable } from './report/outage-table';
import { pointTable } from './report/point-table';
import { renderTable } from './report/render-table';
import { closeOpenWorlds } from './world/open-world';

const FOLDER = join(workspaceRoot, 'dist', 'faults');
const startedAt = performance.now();
const results: CaseResult[] = [];

/** What the apps of a failed case wrote is kept beside the report. */
function onResult(result: CaseResult, logs: string): void {
  results.push(result);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(`[${String(seconds).padStart(5)} s] ${describeResult(result)}`);
  if (result.isPassed || result.notPossible !== undefined) return;
  const file = `${result.name.replaceAll(/[^a-z0-9.-]+/gi, '-')}.log`;
  mkdirSync(join(FOLDER, 'logs'), { recursive: true });
  writeFileSync(join(FOLDER, 'logs', file), logs);
}

async function playChaos(wanted: Arguments): Promise<void> {
  const plan = wanted.plan === undefined ? undefined : readPlan(wanted.plan);
  const folder = join('dist', 'faults', 'chaos');
  const rows = await runChaos({ ...wanted, plan, folder, print: console.log, onResult });
  console.log(`\n${renderTable(chaosTable(rows))}\n`);
  if (wanted.record !== undefined) writeFileSync(wanted.record, renderRecord(rows));
}

async function run(wanted: Arguments): Promise<void> {
  const { commands, only, seed, rounds, width } = wanted;
  console.log(`seed ${seed}`);
  const shared = { seed, only, width, onResult };
  for (const command of commands) {
    if (command === 'points') {
      const report = await runPoints({ ...shared, variant: 'points' });
      console.log(`\n${renderTable(pointTable(report))}\n`);
    } else if (command === 'outages') {
      const rows = await runOutages({ ...shared, variant: 'outages' });
      console.log(`\n${renderTable(outageTable(rows))}\n`);
    } else if (command === 'chaos') {
      await playChaos(wanted);
    } else if (command === 'abuse') {
      const rows = await runAbuse({ ...shared, seconds: wanted.seconds });
      console.log(`\n${renderTable(abuseTable(rows))}\n`);
    } else {
      const rows = await runMutants({ ...shared, folder: 'mutants', rounds });
      console.log(`\n${renderTable(mutantTable(rows))}\n`);
    }
  }
  await closeOpenWorlds();
  const failed = results.filter(({ isPassed, notPossible }) => !isPassed && !notPossible).length;
  const notPossible = results.filter((result) => result.notPossible !== undefined).length;
  const passed = results.length - failed - notPossible;
  mkdirSync(FOLDER, { recursive: true });
  const report = { commands, only, seed, passed, failed, notPossible, results };
  writeFileSync(join(FOLDER, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(
    `${passed} passed, ${failed} failed, ${notPossible} not possible here; ` +
      'report: dist/faults/report.json',
  );
  if (failed > 0) process.exitCode = 1;
}

let isInterrupted = false;

/** Once: SIGTERM comes to a whole group of processes, and again from whoever started this one. */
async function interrupt(): Promise<void> {
  if (isInterrupted) return;
  isInterrupted = true;
  await Promise.all([closeOpenWorlds(), closeOpenAbuseWorlds()]);
  process.exit(130);
}
process.once('SIGINT', () => void interrupt());
process.on('SIGTERM', () => void interrupt());

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
