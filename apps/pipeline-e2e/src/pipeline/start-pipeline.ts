import { type RunningApp, startApp } from '@inventory-events/testing';

export type AppName = 'ingest-worker' | 'outbox-relay' | 'audit-api';

export const APP_NAMES: readonly AppName[] = ['ingest-worker', 'outbox-relay', 'audit-api'];
export const JWT_SECRET = 'a secret that only the end-to-end tests know';

export interface PipelineServers {
  databaseUrl: string;
  amqpUrl: string;
  redisUrl: string;
  /** Before every key, where the Redis is shared. */
  redisKeyPrefix?: string;
}

export interface Pipeline {
  app(name: AppName): RunningApp;
  /** SIGKILL, and a new process in its place, as Kubernetes does it. */
  killAndReplace(name: AppName): Promise<void>;
  /** SIGTERM, and a new process in its place; resolves with the exit code of the old one. */
  stopAndReplace(name: AppName): Promise<number | null>;
  stop(): Promise<void>;
}

interface PipelineOptions {
  servers: PipelineServers;
  /** 0: the plain queue. */
  partitions?: number;
  /** `live`: do not wait for the servers, which may be away. */
  until?: 'ready' | 'live';
}

/** The three built apps as processes, configured by environment alone. */
export async function startPipeline({
  servers,
  partitions = 0,
  until = 'ready',
}: PipelineOptions): Promise<Pipeline> {
  const env = {
    DATABASE_URL: servers.databaseUrl,
    AMQP_URL: servers.amqpUrl,
    REDIS_URL: servers.redisUrl,
    ...(servers.redisKeyPrefix && { REDIS_KEY_PREFIX: servers.redisKeyPrefix }),
    AUTH_JWT_SECRET: JWT_SECRET,
    INGEST_PARTITIONS: String(partitions),
    LOG_LEVEL: 'info',
  };
  const start = (name: AppName) => startApp({ app: name, env, until, timeoutMs: 30_000 });
  const running = await Promise.all(APP_NAMES.map(start));
  const apps = new Map(APP_NAMES.map((name, index) => [name, running[index]]));
  const app = (name: AppName) => {
    const found = apps.get(name);
    if (!found) throw new Error(`${name} was not started`);
    return found;
  };
  return {
    app,
    async killAndReplace(name) {
      await app(name).kill();
      apps.set(name, await start(name));
    },
    async stopAndReplace(name) {
      const code = await app(name).stop();
      apps.set(name, await start(name));
      return code;
    },
    async stop() {
      await Promise.all(APP_NAMES.map((name) => app(name).stop()));
    },
  };
}
