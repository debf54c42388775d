import { freePort } from '@inventory-events/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export interface SupervisedAppOptions {
  readonly label: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Of the first process only: whoever takes its place is healthy. */
  readonly faultEnv?: Readonly<Record<string, string>>;
}

/** An app as Kubernetes keeps it: whatever ends is started again, on the same port. */
export interface SupervisedApp {
  readonly label: string;
  readonly url: string;
  /** Of the process that runs now. */
  pid(): number | undefined;
  /** How often a process ended by itself or by a signal. */
  deaths(): number;
  /** What all of its processes wrote. */
  logs(): string;
  /** Undefined when it is ready, or else what it says. */
  complaint(): Promise<string | undefined>;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM for good, SIGKILL when that takes too long. */
  stop(): Promise<void>;
}

const RESTART_DELAY_MS = 100;
const STOP_TIMEOUT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 2_000;

/** No process outlives the harness. */
const atExit = new Set<() => void>();
process.once('exit', () => atExit.forEach((kill) => kill()));

export async function startSupervisedApp(options: SupervisedAppOptions): Promise<SupervisedApp> {
  const { label, script, env, faultEnv } = options;
  const port = await freePort();
  let child: ChildProcess | undefined;
  let deaths = 0;
  let output = '';
  let isStopping = false;

  async function supervise(): Promise<void> {
    let extra = faultEnv ?? {};
    while (!isStopping) {
      child = spawn(process.execPath, [script], {
        env: { PATH: process.env['PATH'], ...env, ...extra, PORT: String(port) },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      await ended(child, (text) => (output += text));
      extra = {};
      if (isStopping) return;
      deaths += 1;
      await delay(RESTART_DELAY_MS);
    }
  }

  const killAtExit = () => void child?.kill('SIGKILL');
  atExit.add(killAtExit);
  const supervised = supervise();
  return {
    label,
    url: `http://127.0.0.1:${port}`,
    pid: () => child?.pid,
    deaths: () => deaths,
    logs: () => output,
    complaint: () => askReadiness(port),
    signal: (signal) => void child?.kill(signal),
    async stop() {
      isStopping = true;
      child?.kill('SIGCONT');
      child?.kill('SIGTERM');
      const timer = setTimeout(() => child?.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await supervised;
      clearTimeout(timer);
      atExit.delete(killAtExit);
    },
  };
}

function ended(child: ChildProcess, write: (text: string) => void): Promise<void> {
  child.stdout?.setEncoding('utf8').on('data', write);
  child.stderr?.setEncoding('utf8').on('data', write);
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      write(error.message);
      resolve();
    });
  });
}

async function askReadiness(port: number): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    const text = await response.text();
    return response.ok ? undefined : text.slice(0, 500);
  } catch (error) {
    return String(error);
  }
}
