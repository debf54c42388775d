// What the apps' sources say about themselves, for comparison with the chart and the images.
const { readdirSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../..');

const apps = [
  {
    name: 'ingest-worker',
    valuesKey: 'ingestWorker',
    ...require('../../apps/ingest-worker/src/config'),
  },
  {
    name: 'outbox-relay',
    valuesKey: 'outboxRelay',
    ...require('../../apps/outbox-relay/src/config'),
  },
  {
    name: 'inventory-api',
    valuesKey: 'inventoryApi',
    ...require('../../apps/inventory-api/src/config'),
  },
  { name: 'audit-api', valuesKey: 'auditApi', ...require('../../apps/audit-api/src/config') },
].map(({ name, valuesKey, Env }) => ({ name, valuesKey, variables: Object.keys(Env.shape), Env }));

function defaultOf(app, variable) {
  return app.Env.shape[variable].parse(undefined);
}

/** All source text of an app and of the libraries, specs left out. */
function readSources(...folders) {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
        .map((file) => readFileSync(join(root, folder, file), 'utf8')),
    )
    .join('\n');
}

module.exports = { apps, defaultOf, readSources, root };
