import {
  createRedisPrefix,
  createTestDatabase,
  createTestVhost,
  freePort,
  type RunningApp,
  startApp,
} from '@inventory-events/testing';
import { Pool } from 'pg';
import {
  AUDIENCE,
  createTokenAuthority,
  ISSUER,
  type TokenAuthority,
} from '../tokens/create-token-authority';

export interface Target {
  readonly name: 'inventory-api' | 'audit-api';
  readonly app: RunningApp;
  /** Of the inventory API alone. */
  readonly grpcPort: number | undefined;
}

/** Both APIs as built, on one database, trusting the tokens of one authority. */
export interface AbuseWorld {
  readonly inventory: Target & { readonly grpcPort: number };
  readonly audit: Target;
  readonly targets: readonly Target[];
  readonly authority: TokenAuthority;
  readonly pool: Pool;
  /** One more process of an API, on ports and with limits of its own. */
  start(name: Target['name'], env: Readonly<Record<string, string>>): Promise<Target>;
  close(): Promise<void>;
}

/** A signal makes room, so that what is left of the memory is what is held. */
const NODE_ARGUMENTS = [
  '--expose-gc',
  '--import',
  'data:text/javascript,process.on("SIGUSR2",()=>globalThis.gc())',
];
/** Nobody gets to it but the cases that mean to. */
const NO_LIMIT = '1000000';

const worlds = new Set<AbuseWorld>();

export async function closeOpenAbuseWorlds(): Promise<void> {
  await Promise.all([...worlds].map((world) => world.close()));
}

export async function openAbuseWorld(): Promise<AbuseWorld> {
  const [database, vhost] = await Promise.all([createTestDatabase(), createTestVhost()]);
  const redis = createRedisPrefix();
  const authority = await createTokenAuthority();
  const pool = new Pool({ connectionString: database.url, max: 1 });
  const shared = {
    DATABASE_URL: database.url,
    AMQP_URL: vhost.url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    AUTH_JWKS_URL: authority.url,
    AUTH_JWT_ISSUER: ISSUER,
    AUTH_JWT_AUDIENCE: AUDIENCE,
    RATE_LIMIT_PER_MINUTE: NO_LIMIT,
    LOG_LEVEL: 'warn',
  };
  const started: RunningApp[] = [];

  async function start(
    name: Target['name'],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Target & { grpcPort: number }> {
    const grpcPort = await freePort();
    const app = await startApp({
      app: name,
      env: { ...shared, GRPC_PORT: String(grpcPort), ...env },
      nodeArguments: NODE_ARGUMENTS,
    });
    started.push(app);
    return { name, app, grpcPort };
  }

  const [inventory, audit] = await Promise.all([start('inventory-api'), start('audit-api')]);
  const world: AbuseWorld = {
    inventory,
    audit: { ...audit, grpcPort: undefined },
    targets: [inventory, audit],
    authority,
    pool,
    async start(name, env) {
      const own = await start(name, { ...env, REDIS_KEY_PREFIX: `${redis.prefix}own:` });
      return name === 'inventory-api' ? own : { ...own, grpcPort: undefined };
    },
    async close() {
      worlds.delete(world);
      await Promise.all(started.map((app) => app.stop()));
      await Promise.all([authority.close(), pool.end(), redis.removeKeys()]);
      await Promise.all([database.drop(), vhost.remove()]);
    },
  };
  worlds.add(world);
  return world;
}
