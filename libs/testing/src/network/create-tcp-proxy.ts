import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createFaultyPipe, type FaultState } from './create-faulty-pipe';
import { freePort } from './free-port';

export type Direction = 'to-server' | 'to-client';

export interface CutRule {
  direction: Direction;
  /** Cuts after so many bytes have passed, counted from now over all connections. */
  bytes?: number;
  /** Cuts when these bytes come by, at the n-th time (1 by default). */
  pattern?: string | Buffer;
  occurrence?: number;
  /** Whether the bytes that met the rule still arrive. */
  deliver?: boolean;
}

export interface TcpProxy {
  port: number;
  /** `url` with the proxy in the place of its host and port. */
  through(url: string): string;
  connectionCount(): number;
  /** Resets every connection; new ones are accepted. */
  cut(): void;
  /** Resets every connection and refuses new ones (the port is closed) until `accept`. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  /**
   * Nothing passes in either direction; connections stay open, what was sent arrives after
   * `resume`.
   */
  pause(): void;
  resume(): void;
  /** Every chunk arrives so much later. */
  delay(ms: number): void;
  /** Resets a connection in the middle of the conversation; resolves when it happened. */
  cutAfter(rule: CutRule): Promise<void>;
  /** Forgets the rules that have not been met. */
  forgetRules(): void;
  /**
   * Half-open: the server loses every connection, the client is told nothing, and what it sends
   * goes nowhere. New connections work.
   */
  abandon(): void;
  close(): Promise<void>;
}

/** Stands between a client and a server and breaks the connection in the ways networks do. */
export async function createTcpProxy({ target }: { target: string }): Promise<TcpProxy> {
  const { hostname, port: targetPort } = parseTarget(target);
  const state: FaultState = { paused: false, delayMs: 0, rules: [], onResume: new Set() };
  const pairs = new Set<{ reset(): void; abandon(): void }>();

  function serve(client: Socket): void {
    const server = connect(targetPort, hostname);
    let isAbandoned = false;
    const pair = {
      reset() {
        pairs.delete(pair);
        reset(client);
        reset(server);
      },
      abandon() {
        isAbandoned = true;
        server.destroy();
      },
    };
    pairs.add(pair);
    client.setNoDelay(true);
    server.setNoDelay(true);
    createFaultyPipe({ from: client, to: server, direction: 'to-server', state, cut: pair.reset });
    createFaultyPipe({ from: server, to: client, direction: 'to-client', state, cut: pair.reset });
    for (const socket of [client, server]) {
      socket.on('error', pair.reset);
      socket.on('close', () => {
        if (socket === client || !isAbandoned) pairs.delete(pair);
      });
    }
  }

  const cut = () => pairs.forEach((pair) => pair.reset());
  const port = await freePort();
  let listener = createServer(serve).listen(port, '127.0.0.1');
  await once(listener, 'listening');

  async function refuse(): Promise<void> {
    if (!listener.listening) return;
    listener.close();
    cut();
    await once(listener, 'close');
  }
  return {
    port,
    through(url) {
      const proxied = new URL(url);
      proxied.host = `127.0.0.1:${port}`;
      return proxied.href;
    },
    connectionCount: () => pairs.size,
    cut,
    refuse,
    async accept() {
      if (listener.listening) return;
      listener = createServer(serve).listen(port, '127.0.0.1');
      await once(listener, 'listening');
    },
    pause() {
      state.paused = true;
    },
    resume() {
      state.paused = false;
      state.onResume.forEach((resume) => resume());
    },
    delay(ms) {
      state.delayMs = ms;
    },
    cutAfter: (rule) =>
      new Promise((resolve) => {
        state.rules.push({ ...rule, passedBytes: 0, seen: 0, done: resolve });
      }),
    forgetRules() {
      state.rules.length = 0;
    },
    abandon: () => pairs.forEach((pair) => pair.abandon()),
    close: refuse,
  };
}

const DEFAULT_PORTS: Record<string, number> = {
  'postgresql:': 5432,
  'amqp:': 5672,
  'redis:': 6379,
};

function parseTarget(target: string): { hostname: string; port: number } {
  const url = new URL(target.includes('://') ? target : `tcp://${target}`);
  return { hostname: url.hostname, port: Number(url.port) || (DEFAULT_PORTS[url.protocol] ?? 80) };
}

/**
 * A reset while an end is still being sent leaves a shutdown request that libuv never completes,
 * and the process then spins at its exit.
 */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
