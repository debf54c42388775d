import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { removeStandingStack, writeStandingEnv } from './standing-stack.mjs';
import { CLONE_ROOT, startStack } from './start-stack.mjs';

const USAGE = `Usage: node tools/dev-stack/main.mjs up | down | run -- <command>
  up    finds or starts PostgreSQL, RabbitMQ and Redis, leaves them running, writes .dev-stack/env
  down  stops what up started
  run   the same for the time of one command, which gets the URLs in its environment`;

const root = CLONE_ROOT;
const log = (line) => console.error(`[stack] ${line}`);

const commands = {
  async up() {
    const stack = await startStack({ root, log, standing: true, sources: await upSources() });
    console.log(`set -a; . ${writeStandingEnv(root, stack.env)}; set +a`);
  },
  async down() {
    log((await removeStandingStack(root)) ? 'stopped' : 'nothing to stop');
  },
  async run(words) {
    const [command, ...args] = words[0] === '--' ? words.slice(1) : words;
    if (!command) throw new Error(USAGE);
    const stack = await startStack({ root, log });
    try {
      process.exitCode = await runCommand(command, args, { ...process.env, ...stack.env });
    } finally {
      await stack.stop();
    }
  },
};

/** A second `up` replaces the first, so that it ends with servers that surely answer. */
async function upSources() {
  await removeStandingStack(root);
  return ['configured', 'compose', 'binaries', 'apt'];
}

async function runCommand(command, args, env) {
  const child = spawn(command, args, { stdio: 'inherit', env });
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const [code, signal] = await once(child, 'exit');
  return code ?? 128 + os.constants.signals[signal];
}

const [name = '', ...words] = process.argv.slice(2);
try {
  if (!Object.hasOwn(commands, name)) throw new Error(USAGE);
  await commands[name](words);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
