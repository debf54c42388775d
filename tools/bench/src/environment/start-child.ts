import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ChildOptions } from '../children/child-options';

export interface Child {
  process: ChildProcess;
  /** Resolves when it says that it is ready; only servers do. */
  ready: Promise<void>;
  exited: Promise<void>;
  kill(): Promise<void>;
}

/** Starts one of `children/` as a process of its own, so that nobody shares the event loop. */
export function startChild(name: string, options: Partial<ChildOptions>): Child {
  const child = fork(join(__dirname, `${name}.js`), [JSON.stringify(options)]);
  const ended = once(child, 'exit');
  let isKilled = false;
  return {
    process: child,
    ready: once(child, 'message').then(() => undefined),
    exited: ended.then(([code]) => {
      if (code !== 0 && !isKilled) throw new Error(`${name} ended with ${String(code)}`);
    }),
    async kill() {
      isKilled = true;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
