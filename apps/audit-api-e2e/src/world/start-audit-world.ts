import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import {
  createRedisPrefix,
  createTestDatabase,
  createTestVhost,
  startApp,
  withClient,
  type RunningApp,
} from '@inventory-events/testing';
import { AUTH_JWT_SECRET, signToken } from './sign-token';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly json: unknown;
}

export interface CallOptions {
  readonly method?: string;
  /** The role of the token; null sends none. */
  readonly role?: 'viewer' | 'operator' | 'admin' | null;
  readonly subject?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface AuditWorld {
  readonly app: RunningApp;
  readonly env: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  call(path: string, options?: CallOptions): Promise<Answer>;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/**
 * The built app as a process, with a database, a virtual host and a key prefix of its own. `reroute`
 * may lead its URLs through proxies.
 */
export async function startAuditWorld(
  env: Record<string, string> = {},
  reroute: Partial<Record<string, (url: string) => string>> = {},
): Promise<AuditWorld> {
  const database = await createTestDatabase();
  const vhost = await createTestVhost();
  const redis = createRedisPrefix();
  const fullEnv: Record<string, string> = {
    DATABASE_URL: database.url,
    AMQP_URL: vhost.url,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    AUTH_JWT_SECRET,
    RATE_LIMIT_PER_MINUTE: '100000',
    ...env,
  };
  for (const [name, through] of Object.entries(reroute)) {
    fullEnv[name] = through?.(fullEnv[name] ?? '') ?? '';
  }
  const app = await startApp({ app: 'audit-api', env: fullEnv });
  return {
    app,
    env: fullEnv,
    databaseUrl: database.url,
    amqpUrl: vhost.url,
    call: (path, options) => call(app.port, path, options),
    query: (sql, values) =>
      withClient(database.url, async (client) => (await client.query(sql, values)).rows),
    async close() {
      await app.stop();
      await redis.removeKeys();
      await vhost.remove();
      await database.drop();
    },
  };
}

/** Node's client sends any method and leaves the path as it is. */
async function call(port: number, path: string, options: CallOptions = {}): Promise<Answer> {
  const { method = 'GET', role = 'viewer', subject = 'e2e', headers = {}, body } = options;
  const token = role === null ? undefined : signToken({ roles: [role], sub: subject });
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  outgoing.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
