import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SupervisedApp } from '../../world/start-supervised-app';
import { NotPossibleHereError } from '../outage';

const run = promisify(execFile);
const NO_SUCH_PROCESS = /No such process/i;

/** The process that runs now gets no more memory than it has, or as much as it likes again. */
export async function limitMemory(app: SupervisedApp, isLimited: boolean): Promise<void> {
  const limit = `--as=${isLimited ? '1' : 'unlimited'}:unlimited`;
  try {
    await run('prlimit', ['--pid', String(app.pid()), limit]);
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new NotPossibleHereError('prlimit is not on this machine');
    if (!NO_SUCH_PROCESS.test(stderr ?? '')) throw error; // it has just ended
  }
}
