import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../network/free-port';
import { waitUntil } from '../wait-until';
import { workspaceRoot } from '../workspace-root';

export interface StartAppOptions {
  app: string;
  env: Record<string, string>;
  /**
   * Resolve only when `/health/ready` says 200 (the default), or as soon as the process listens.
   */
  until?: 'ready' | 'live';
  timeoutMs?: number;
  /** For `node` itself, before the script. */
  nodeArguments?: readonly string[];
}

export interface RunningApp {
  pid: number;
  port: number;
  url: string;
  /** Everything it wrote so far. */
  logs(): string;
  /** Its JSON log lines so far; other lines are left out. */
  logLines(): Record<string, unknown>[];
  isRunning(): boolean;
  isReady(): Promise<boolean>;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM and wait; resolves with the exit code, null when a signal ended it. */
  stop(timeoutMs?: number): Promise<number | null>;
  /** SIGKILL and wait. */
  kill(): Promise<void>;
  exited: Promise<number | null>;
}

/** Starts `dist/apps/<app>/main.js` as a process with this environment alone. */
export async function startApp(options: StartAppOptions): Promise<RunningApp> {
  const { app, until = 'ready', timeoutMs = 30_000, nodeArguments = [] } = options;
  const main = join(workspaceRoot, 'dist', 'apps', app, 'main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
  const port = Number(options.env['PORT'] ?? (await freePort()));
  const env = { PATH: process.env['PATH'], LOG_LEVEL: 'info', ...options.env, PORT: String(port) };
  const child = spawn(process.execPath, [...nodeArguments, main], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running = toRunningApp(child, port);
  try {
    await waitUntil(
      async () => {
        if (!running.isRunning()) return true;
        return (await status(port, until)) === 200;
      },
      { timeoutMs, message: () => `${app} to be ${until}; its log:\n${running.logs()}` },
    );
    if (!running.isRunning())
      throw new Error(`${app} exited at start; its log:\n${running.logs()}`);
  } catch (error) {
    await running.kill();
    throw error;
  }
  return running;
}

function toRunningApp(child: ChildProcess, port: number): RunningApp {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  // A test that ends without stopping its app must not leave it behind.
  const killAtExit = () => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      process.removeListener('exit', killAtExit);
      resolve(code);
    });
    child.once('error', (error) => (output += error.message));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    port,
    url: `http://127.0.0.1:${port}`,
    logs: () => output,
    logLines: () => output.split('\n').flatMap(parseLogLine),
    isRunning,
    isReady: async () => (await status(port, 'ready').catch(() => 0)) === 200,
    signal: (signal) => void child.kill(signal),
    exited,
    async stop(timeoutMs = 20_000) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      const code = await exited;
      clearTimeout(timer);
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function status(port: number, what: 'ready' | 'live'): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/health/${what}`, {
    signal: AbortSignal.timeout(2000),
  });
  await response.arrayBuffer();
  return response.status;
}

function parseLogLine(line: string): Record<string, unknown>[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as Record<string, unknown>];
  } catch {
    return []; // cut off in the middle
  }
}
