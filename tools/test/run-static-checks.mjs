import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runStep } from '../bootstrap/run-step.mjs';
import { workspaceEnvironment } from '../bootstrap/workspace-environment.mjs';
import { checkBoundaryCanary } from './check-boundary-canary.mjs';

const STEPS = {
  'generate client': ['nx', ['run', '@inventory-events/data-access:generate']],
  'generate gRPC': ['nx', ['run-many', '-t', 'generate-grpc', '--output-style', 'static']],
  'nx sync:check': ['nx', ['sync:check']],
  lint: ['eslint', ['.', '--max-warnings', '0']],
  'format check': ['prettier', ['--check', '--log-level', 'warn', '.']],
  build: ['nx', ['run-many', '-t', 'build', '--output-style', 'static']],
};

/** Runs the checks that need no server, two at a time; every check counts as one test. */
export async function runStaticChecks({ root, log }) {
  const totals = { passed: 0, failed: 0 };
  const env = workspaceEnvironment(root);

  async function check(name, run) {
    const { ok, output, seconds } = await run();
    totals[ok ? 'passed' : 'failed'] += 1;
    log(`${ok ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(0)} s)`);
    if (!ok) console.log(output);
  }
  const step = (name) => {
    const [command, args] = STEPS[name];
    return check(name, () => runStep(command, args, { cwd: root, env }));
  };

  // What is generated is a source for everything below, and nx makes its project graph on the way.
  await step('generate client');
  await step('generate gRPC');
  const enforced = step('nx sync:check').then(() =>
    check('module boundaries are enforced', () => checkBoundaryCanary({ root, env })),
  );
  await Promise.all([
    (async () => {
      await enforced;
      await step('lint');
      await step('format check');
    })(),
    (async () => {
      await step('build');
      // The canary plants a file for a moment, which the compiler must not come across.
      await enforced;
      const args = ['--build', ...typescriptProjects(root)];
      await check('typecheck', () => runStep('tsc', args, { cwd: root, env }));
    })(),
  ]);
  return totals;
}

/** All of them in one compiler, which takes a third of the time of one compiler each. */
function typescriptProjects(root) {
  return ['apps', 'libs', 'tools']
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
    .map((folder) => `${folder}/tsconfig.json`)
    .filter((file) => existsSync(path.join(root, file)));
}
