import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from '../workspace-root';
import type { ServerVariable } from '../test-environment';

export type ServerName = 'postgres' | 'rabbitmq' | 'redis';

export interface PrivateServer {
  /** Orderly, or as after a crash. The port and the data stay the same. */
  stop(options?: { immediate?: boolean }): Promise<void>;
  start(): Promise<void>;
  restart(options?: { immediate?: boolean }): Promise<void>;
  /** SIGKILL to all of its processes. */
  kill(): Promise<void>;
  /** Freezes it (SIGSTOP): connections stay open, nothing answers. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Runs RabbitMQ's `rabbitmqctl` with these words and resolves with what it prints. */
  control(...words: readonly string[]): Promise<string>;
}

export interface PrivateServers {
  env: Partial<Record<ServerVariable, string>>;
  server(name: ServerName): PrivateServer;
  close(): Promise<void>;
}

type Answer = { id: number; env?: PrivateServers['env']; output?: string; error?: string };

/** Servers of the test's own, which it may break: never those that the other tests use. */
export async function startPrivateServers(names: readonly ServerName[]): Promise<PrivateServers> {
  const file = join(workspaceRoot, 'tools', 'dev-stack', 'serve-private.mjs');
  const child = fork(file, [...names], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const call = createCaller(child);
  const { env = {} } = await call('', 'ready');
  return {
    env,
    server: (name) => ({
      stop: (options) => call(name, 'stop', options).then(() => undefined),
      start: () => call(name, 'start').then(() => undefined),
      restart: (options) => call(name, 'restart', options).then(() => undefined),
      kill: () => call(name, 'kill').then(() => undefined),
      pause: () => call(name, 'pause').then(() => undefined),
      resume: () => call(name, 'resume').then(() => undefined),
      control: (...words) => call(name, 'control', words).then(({ output = '' }) => output),
    }),
    async close() {
      if (child.exitCode !== null) return;
      child.disconnect(); // it then stops its servers and ends
      await once(child, 'exit');
    },
  };
}

function createCaller(child: ChildProcess) {
  const waiting = new Map<number, (answer: Answer) => void>();
  let calls = 0;
  let gone = false;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.once('exit', () => {
    gone = true;
    for (const [id, answer] of waiting) answer({ id, error: 'the private servers ended' });
  });
  return async (server: string, method: string, options?: object): Promise<Answer> => {
    if (gone) throw new Error('the private servers ended');
    const id = ++calls;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    child.send({ id, server, method, options });
    const answer = await answered;
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
}
