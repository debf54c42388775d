/**
 * `npm run demo`: from a fresh clone to a shop day that runs through the pipeline. Plain Node until
 * npm ci ran.
 */
import { setMaxListeners } from 'node:events';
import { parseArgs } from 'node:util';
import { installDependencies } from '../bootstrap/install-dependencies.mjs';
import { stopSteps } from '../bootstrap/run-step.mjs';
import { CLONE_ROOT } from '../dev-stack/start-stack.mjs';
import { createScreen } from './show/create-screen.mjs';

const USAGE = `Usage: npm run demo -- [options]
  --keep           keep the apps running afterwards, to look around; Ctrl-C ends
  --updates <n>    stock updates of the day (5000)
  --orders <n>     orders placed beside them (600)
  --seconds <n>    how long the day takes (25)
  --seed <n>       another day (1)
  --no-build       use the apps in dist/ as they are`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      keep: { type: 'boolean', default: false },
      updates: { type: 'string', default: '5000' },
      orders: { type: 'string', default: '600' },
      seconds: { type: 'string', default: '25' },
      seed: { type: 'string', default: '1' },
      'no-build': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const numbers = ['updates', 'orders', 'seconds', 'seed'].map((name) => [
    name,
    Number(values[name]),
  ]);
  for (const [name, value] of numbers) {
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number`);
  }
  return { ...values, ...Object.fromEntries(numbers), build: !values['no-build'] };
}

/**
 * Aborts at the first Ctrl-C, so that everything started is stopped in order; exits at the second.
 */
function abortOnSignal() {
  const controller = new AbortController();
  // Every customer of the day listens to it.
  setMaxListeners(0, controller.signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort(new Error('interrupted'));
      stopSteps();
    });
  }
  return controller.signal;
}

const screen = createScreen();
try {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
  } else {
    const signal = abortOnSignal();
    await installDependencies({ root: CLONE_ROOT, log: screen.step });
    const { runDemo } = await import('./run-demo.mjs');
    process.exitCode = await runDemo({ root: CLONE_ROOT, options, screen, signal });
  }
} catch (error) {
  screen.line(
    error.code?.startsWith('ERR_PARSE_ARGS') ? USAGE : `The demo failed: ${error.message}`,
  );
  process.exitCode = 1;
}
