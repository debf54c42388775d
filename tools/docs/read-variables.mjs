import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { readComments } from './read-comments.mjs';

const APPS = ['ingest-worker', 'outbox-relay', 'inventory-api', 'audit-api'];
const SHARED_FIELDS = ['base-env', 'auth-env'].map(
  (name) => `libs/service-runtime/src/config/${name}.ts`,
);
/** Of every app, and the same in each. */
const MEANINGS = {
  DATABASE_URL: 'PostgreSQL 15 or later, migrated.',
  AMQP_URL: 'RabbitMQ, with the virtual host.',
  REDIS_URL: 'Redis. Without it the apps go on, with local timers and rate limits per replica.',
  PORT: 'Health, metrics and, where there is one, the API.',
  LOG_LEVEL: 'JSON lines from this level on.',
};

/** The variables of every app: `{app, variables: [{name, isRequired, default, values, meaning}]}`. */
export async function readVariables(root) {
  const shared = SHARED_FIELDS.map((file) => readComments(path.join(root, file)));
  const apps = [];
  for (const app of APPS) {
    const file = path.join(root, 'apps', app, 'src', 'config.ts');
    const comments = Object.assign({}, MEANINGS, ...shared, readComments(file));
    const { z } = createRequire(file)('zod');
    const { shape } = await loadSchema(root, app, file);
    const variables = Object.entries(shape).map(([name, field]) => {
      if (comments[name] === undefined) throw new Error(`${app}: ${name} has no comment`);
      return { name, meaning: comments[name], ...describeField(z, field) };
    });
    apps.push({ app, variables });
  }
  return apps;
}

/** The schema is TypeScript: compiled to dist, where its packages are found. */
async function loadSchema(root, app, file) {
  const outfile = path.join(root, 'dist', 'tools', 'docs', `${app}-config.cjs`);
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@inventory-events/source'],
    packages: 'bundle',
    external: ['express', 'helmet', 'pino', '@opentelemetry/*'],
    logLevel: 'error',
  });
  return createRequire(outfile)(outfile).Env;
}

function describeField(z, field) {
  const absent = field.safeParse(undefined);
  const { minimum, maximum, enum: choices, maxLength, minLength } = toJsonSchema(z, field);
  return {
    isRequired: !absent.success,
    default: absent.success ? absent.data : undefined,
    values: describeValues({ minimum, maximum, choices, minLength, maxLength }),
  };
}

/** Of the value as the app gets it, where the range stands. */
function toJsonSchema(z, field) {
  return z.toJSONSchema(field, { io: 'output', unrepresentable: 'any' });
}

function describeValues({ minimum, maximum, choices, minLength, maxLength }) {
  if (choices !== undefined) return choices.join(', ');
  if (minimum !== undefined) {
    const hasCeiling = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
    return hasCeiling ? `${minimum} to ${maximum}` : `from ${minimum}`;
  }
  if (minLength !== undefined) return `at least ${minLength} characters`;
  return maxLength === undefined ? '' : `at most ${maxLength} characters`;
}
