import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { runStep } from '../../bootstrap/run-step.mjs';
import { manageBroker } from '../../bootstrap/manage-broker.mjs';

/**
 * A database, a virtual host and a Redis key prefix for this demo alone; all go away with `scope`.
 */
export async function createWorld({ root, stack, screen, scope }) {
  const name = `inventory_demo_${randomBytes(4).toString('hex')}`;
  const databaseUrl = withPath(stack.env.DATABASE_URL, name);
  const amqpUrl = withPath(stack.env.AMQP_URL, name);
  const broker = manageBroker(stack.env.AMQP_MANAGEMENT_URL);

  await onServer(stack.env.DATABASE_URL, `CREATE DATABASE ${name}`);
  scope.add(() => onServer(stack.env.DATABASE_URL, `DROP DATABASE ${name} WITH (FORCE)`));
  await broker('PUT', `vhosts/${name}`, {});
  scope.add(() => broker('DELETE', `vhosts/${name}`));
  const user = new URL(amqpUrl).username || 'guest';
  const everything = { configure: '.*', write: '.*', read: '.*' };
  await broker('PUT', `permissions/${name}/${user}`, everything);
  scope.add(() => removeKeys(stack.env.REDIS_URL, `${name}:`));

  await migrate({ root, databaseUrl });
  screen.step(`made database and virtual host ${name}, applied the migrations`);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined); // the next query reports what is wrong
  scope.add(() => pool.end());
  return { name, databaseUrl, amqpUrl, redisPrefix: `${name}:`, pool, broker };
}

function withPath(address, name) {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(connectionString, statement) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function migrate({ root, databaseUrl }) {
  const main = path.join(root, 'dist', 'tools', 'migrate', 'main.js');
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const { ok, output } = await runStep(process.execPath, [main], { cwd: root, env });
  if (!ok) throw new Error(`the migrations failed:\n${output}`);
}

async function removeKeys(redisUrl, prefix) {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
      if (keys.length > 0) await redis.unlink(...keys);
    }
  } finally {
    redis.disconnect();
  }
}
