// The chart agrees with itself and with the apps. What rendering shows is added where helm is.
const Ajv = require('ajv');
const { OUTBOX_PARTITIONS } = require('../../libs/data-access/src/stock/insert-outbox-messages');
const rootManifest = require('../../package.json');
const { apps, defaultOf, readSources } = require('./app-facts.cjs');
const { chart, hasHelm, templates, values, valuesSchema } = require('./read-chart.cjs');

const validate = new Ajv.default({ strict: true, allowUnionTypes: true }).compile(valuesSchema);
const withValue = (path, value) => {
  const copy = structuredClone(values);
  const keys = path.split('.');
  const last = keys.pop();
  keys.reduce((node, key) => node[key], copy)[last] = value;
  return copy;
};
const templateOf = (name) => templates.find((template) => template.name === name).text;
const allTemplates = templates.map(({ text }) => text).join('\n');

describe('values', () => {
  it('have defaults that the schema accepts', () => {
    validate(values);
    expect(validate.errors).toBeNull();
  });

  it.each([
    ['outboxRelay.replicas', -1],
    ['outboxRelay.replicas', '2'],
    ['outboxRelay.replica', 2],
    ['ingestWorker.partitions', 65],
    ['auditApi.port', 80],
    ['inventoryApi.grpcPort', 80],
    ['inventoryApi.env', { GRPC_PORT: 9091 }],
    ['reservationTtlSeconds', 0],
    ['auditApi.env', { AUTH_JWT_SECRET: 'a secret does not belong here' }],
    ['auditApi.env', { 'not a name': '1' }],
    ['secrets.databaseUrl', 'mysql://db'],
    ['secrets.authJwtSecret', 'short'],
    ['shutdown.timeoutMs', 20],
    ['logLevel', 'loud'],
    ['image.pullPolicy', 'Sometimes'],
  ])('are refused by the schema with %s = %j', (path, value) => {
    expect(validate(withValue(path, value))).toBe(false);
  });

  it('are all known to the schema, at every level', () => {
    const missing = [];
    const visit = (node, schema, path) => {
      const target = schema.$ref ? valuesSchema.definitions[schema.$ref.split('/').pop()] : schema;
      if (target.properties === undefined) return;
      for (const [key, child] of Object.entries(node)) {
        if (target.properties[key] === undefined) missing.push(`${path}${key}`);
        else if (child !== null && typeof child === 'object' && !Array.isArray(child)) {
          visit(child, target.properties[key], `${path}${key}.`);
        }
      }
    };
    visit(values, valuesSchema, '');
    expect(missing).toEqual([]);
  });

  it('exist for every reference of the templates', () => {
    const references = [...allTemplates.matchAll(/\.Values\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g)];
    expect(references.length).toBeGreaterThan(20);
    const unknown = references
      .map(([, path]) => path)
      .filter((path) => path.split('.').reduce((node, key) => node?.[key], values) === undefined);
    expect(unknown).toEqual([]);
  });
});

describe('templates', () => {
  it.each(templates.map(({ name, text }) => [name, text]))('%s closes every block', (_, text) => {
    const actions = [...text.matchAll(/\{\{-?\s*(\/\*|[a-z]+)/g)].map(([, word]) => word);
    const opened = actions.filter((word) => ['if', 'with', 'range', 'define'].includes(word));
    expect(actions.filter((word) => word === 'end')).toHaveLength(opened.length);
  });

  it('include only what is defined', () => {
    const names = (pattern) => new Set([...allTemplates.matchAll(pattern)].map(([, name]) => name));
    const defined = names(/define "([^"]+)"/g);
    const included = names(/include "([^"]+)"/g);
    expect([...included].filter((name) => !defined.has(name))).toEqual([]);
    expect([...defined].filter((name) => !included.has(name))).toEqual([]);
  });
});

describe('the chart and the apps', () => {
  it('have one version', () => {
    expect(chart.appVersion).toBe(rootManifest.version);
  });

  it.each(apps.map((app) => [app.name, app]))('agree on the port of %s', (_, app) => {
    expect(values[app.valuesKey].port).toBe(defaultOf(app, 'PORT'));
  });

  it('agree on the port of gRPC', () => {
    const api = apps.find(({ name }) => name === 'inventory-api');
    expect(values.inventoryApi.grpcPort).toBe(defaultOf(api, 'GRPC_PORT'));
  });

  it.each(apps.map((app) => [app.name, app]))('give %s only variables that it reads', (_, app) => {
    const text = `${templateOf(`${app.name}.yaml`)} "PORT" "LOG_LEVEL" "SHUTDOWN_TIMEOUT_MS"`;
    const given = [...text.matchAll(/"([A-Z][A-Z0-9_]+)"/g)].map(([, name]) => name);
    expect(given.filter((name) => !app.variables.includes(name))).toEqual([]);
    const required = app.variables.filter(
      (name) => !app.Env.shape[name].safeParse(undefined).success,
    );
    expect(required.filter((name) => !given.includes(name))).toEqual([]);
  });

  it('agree on the defaults', () => {
    const worker = apps.find(({ name }) => name === 'ingest-worker');
    expect(values.ingestWorker.partitions).toBe(defaultOf(worker, 'INGEST_PARTITIONS'));
    for (const app of apps.filter(({ Env }) => 'RESERVATION_TTL_SECONDS' in Env.shape)) {
      expect(values.reservationTtlSeconds).toBe(defaultOf(app, 'RESERVATION_TTL_SECONDS'));
      const threshold = defaultOf(app, 'DEFAULT_LOW_STOCK_THRESHOLD');
      expect(values.defaultLowStockThreshold).toBe(threshold);
    }
    for (const app of apps) {
      expect(values.shutdown.timeoutMs).toBe(defaultOf(app, 'SHUTDOWN_TIMEOUT_MS'));
      expect(values.logLevel).toBe(defaultOf(app, 'LOG_LEVEL'));
    }
  });

  it('agree on the metrics that the alerts watch, and on the number of partitions', () => {
    const rules = templateOf('prometheus-rule.yaml');
    const sources = readSources(...apps.map(({ name }) => `apps/${name}/src`), 'libs');
    const watched = [...rules.matchAll(/\b([a-z]+_[a-z_]+)\{/g)].map(([, name]) => name);
    expect(watched.length).toBeGreaterThan(8);
    // Of a histogram the count is watched, which has a name of its own.
    const named = (name) => sources.includes(`'${name.replace(/_count$/, '')}'`);
    expect(watched.filter((name) => !named(name))).toEqual([]);
    expect(rules).toContain(`< ${OUTBOX_PARTITIONS}`);
  });
});

// Everything above needs the files alone.
if (hasHelm) require('./rendered-chart.cjs');
