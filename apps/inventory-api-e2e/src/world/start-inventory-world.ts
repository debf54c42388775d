import {
  createRedisPrefix,
  createTestDatabase,
  freePort,
  startApp,
  withClient,
  type RunningApp,
} from '@inventory-events/testing';
import { call, type Answer, type CallOptions } from './call';
import { AUTH_JWT_SECRET } from './sign-token';

export type { Answer, CallOptions };

export interface InventoryWorld {
  readonly app: RunningApp;
  readonly grpcPort: number;
  readonly env: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  /** As an operator, unless the options say otherwise. */
  call(path: string, options?: CallOptions): Promise<Answer>;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** One more process of the same world, on ports of its own. */
  startReplica(env?: Record<string, string>): Promise<RunningApp>;
  callReplica(replica: RunningApp, path: string, options?: CallOptions): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * The built app as a process, with a database and a key prefix of its own. `reroute` may lead its
 * URLs through proxies.
 */
export async function startInventoryWorld(
  env: Record<string, string> = {},
  reroute: Partial<Record<string, (url: string) => string>> = {},
): Promise<InventoryWorld> {
  const database = await createTestDatabase();
  const redis = createRedisPrefix();
  const grpcPort = await freePort();
  const fullEnv: Record<string, string> = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    GRPC_PORT: String(grpcPort),
    AUTH_JWT_SECRET,
    RATE_LIMIT_PER_MINUTE: '1000000',
    ...env,
  };
  for (const [name, through] of Object.entries(reroute)) {
    fullEnv[name] = through?.(fullEnv[name] ?? '') ?? '';
  }
  const app = await startApp({ app: 'inventory-api', env: fullEnv });
  const replicas: RunningApp[] = [];
  return {
    app,
    grpcPort,
    env: fullEnv,
    databaseUrl: database.url,
    redisUrl: redis.url,
    redisPrefix: redis.prefix,
    call: (path, options) => call(app.port, path, options),
    query: (sql, values) =>
      withClient(database.url, async (client) => (await client.query(sql, values)).rows),
    async startReplica(overrides = {}) {
      const ports = { GRPC_PORT: String(await freePort()) };
      const replica = await startApp({
        app: 'inventory-api',
        env: { ...fullEnv, ...ports, ...overrides },
      });
      replicas.push(replica);
      return replica;
    },
    callReplica: (replica, path, options) => call(replica.port, path, options),
    async close() {
      for (const running of [app, ...replicas]) await running.stop();
      await redis.removeKeys();
      await database.drop();
    },
  };
}
