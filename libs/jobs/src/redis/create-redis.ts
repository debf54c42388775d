import { Redis } from 'ioredis';
import type { Logger } from 'pino';

export interface RedisConnection {
  readonly name: string;
  readonly client: Redis;
  /** Connects in the background; a server that is away delays nothing. */
  start(): Promise<void>;
  close(): Promise<void>;
  isConnected(): boolean;
}

export interface CreateRedisOptions {
  readonly url: string;
  /** Shown in `CLIENT LIST`. */
  readonly name: string;
  readonly logger: Logger;
  readonly commandTimeoutMs?: number;
}

const RECONNECT = { initialMs: 100, maxMs: 5_000 };

/**
 * ioredis queues commands for ever by default when the server is away. Here a command fails at once
 * then, and within `commandTimeoutMs` when the server hangs; the connection comes back by itself.
 */
export function createRedis(options: CreateRedisOptions): RedisConnection {
  const { name, commandTimeoutMs = 500 } = options;
  const logger = options.logger.child({ component: 'redis' });
  const client = new Redis(options.url, {
    ...reconnecting(name),
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: commandTimeoutMs,
    // What is asked in one turn of the event loop is written at once.
    enableAutoPipelining: true,
  });
  let isLost = false;
  // Without a listener an error would end the process; one line per outage is enough.
  client.on('error', (error: Error) => {
    if (!isLost) logger.warn({ err: error }, 'Redis is away');
    isLost = true;
  });
  client.on('ready', () => {
    if (isLost) logger.info('Redis is back');
    isLost = false;
  });
  return {
    name,
    client,
    start() {
      // A failed first attempt is followed by the others; the error listener has told it.
      if (client.status === 'wait') client.connect().catch(() => undefined);
      return Promise.resolve();
    },
    close() {
      // Told twice, it would wait for the end of a connection that has ended.
      if (client.status !== 'end') client.disconnect();
      return Promise.resolve();
    },
    isConnected: () => client.status === 'ready',
  };
}

/** What every connection of ours has in common, BullMQ's included. */
export function reconnecting(name: string) {
  return {
    connectionName: name,
    connectTimeout: 1_000,
    noDelay: true,
    keepAlive: 10_000,
    retryStrategy: (attempt: number): number => {
      const full = Math.min(RECONNECT.maxMs, RECONNECT.initialMs * 2 ** Math.min(attempt, 10));
      return Math.round(full * (0.5 + Math.random() / 2));
    },
  };
}
