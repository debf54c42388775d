/** What docker-compose.yml starts. */
const EXAMPLES = {
  DATABASE_URL: 'postgresql://inventory:inventory@127.0.0.1:5432/inventory',
  AMQP_URL: 'amqp://inventory:inventory@127.0.0.1:5672',
  REDIS_URL: 'redis://127.0.0.1:6379/0',
  AUTH_JWT_SECRET: 'for-development-only-replace-me-elsewhere',
};

const INTRODUCTION = `# Generated from apps/*/src/config.ts by \`npm run docs\`; a test compares them.
# Copy to .env, then: node --env-file=.env dist/apps/<app>/main.js
# PORT stays out of it, because every app has a default of its own. Commented out: the defaults.
`;

export function renderEnvExample(apps) {
  const seen = new Set(['PORT']);
  const sections = apps.map(({ app, variables }) => {
    const fresh = variables.filter(({ name }) => !seen.has(name));
    for (const { name } of fresh) seen.add(name);
    return [`# ---- ${app}\n`, ...fresh.map(renderVariable)].join('\n');
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function renderVariable({ name, meaning, values, default: value }) {
  const comment = [meaning, values === '' ? '' : `(${values})`].join(' ').trim();
  const example = EXAMPLES[name];
  const assignment = example === undefined ? `# ${name}=${value ?? ''}` : `${name}=${example}`;
  return `# ${comment}\n${assignment}\n`;
}
