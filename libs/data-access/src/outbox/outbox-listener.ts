import { coerceError } from '@inventory-events/errors';
import { Client } from 'pg';

export interface OutboxListenerOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  /** Rows were committed, or may have been while nobody listened. */
  onWake(): void;
  readonly logger: { warn(fields: object, message: string): void };
}

export interface OutboxListener {
  start(): void;
  stop(): Promise<void>;
  isConnected(): boolean;
}

const MIN_RECONNECT_MS = 100;
const MAX_RECONNECT_MS = 5000;

/** LISTEN on a connection of its own, renewed with backoff. A hint only: a poll must stand by. */
export function createOutboxListener(options: OutboxListenerOptions): OutboxListener {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let connecting: Promise<void> | undefined;
  let delayMs = MIN_RECONNECT_MS;
  let listening = false;
  let stopped = false;

  function reconnect(lost: Client, error: Error | undefined): void {
    if (client !== lost) return;
    client = undefined;
    listening = false;
    if (stopped) return;
    options.logger.warn({ err: error }, 'not listening for outbox rows, will try again');
    timer = setTimeout(
      () => {
        connecting = connect();
      },
      delayMs * (0.5 + Math.random() / 2),
    );
    delayMs = Math.min(MAX_RECONNECT_MS, delayMs * 2);
  }

  async function connect(): Promise<void> {
    const opened = new Client({
      connectionString: options.connectionString,
      application_name: options.applicationName,
      connectionTimeoutMillis: MAX_RECONNECT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client = opened;
    opened.on('error', (error) => reconnect(opened, error));
    opened.on('end', () => reconnect(opened, undefined));
    opened.on('notification', () => options.onWake());
    try {
      await opened.connect();
      await opened.query('LISTEN outbox');
      listening = true;
      delayMs = MIN_RECONNECT_MS;
      options.onWake();
    } catch (error) {
      reconnect(opened, coerceError(error));
      await opened.end().catch(() => undefined);
    }
  }

  return {
    start() {
      if (client === undefined && !stopped) connecting = connect();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await connecting;
      const open = client;
      listening = false;
      client = undefined;
      await open?.end().catch(() => undefined);
    },
    isConnected: () => listening,
  };
}
