// What a cluster would get. Loaded by helm-chart.spec.cjs where the machine has helm.
const { apps } = require('./app-facts.cjs');
const { chartDirectory, render, runHelm } = require('./read-chart.cjs');

const secrets = {
  databaseUrl: 'postgresql://inventory:secret@postgres/inventory',
  amqpUrl: 'amqp://inventory:secret@rabbitmq',
  redisUrl: 'redis://redis',
  authJwtSecret: 'not-a-secret-'.repeat(4),
};
const find = (resources, kind, name) =>
  resources.find((resource) => resource.kind === kind && resource.metadata.name === name);
const nameOf = (app) => `shop-inventory-events-${app.name}`;

describe('the rendered chart', () => {
  it('lints without a warning', () => {
    const { succeeded, errors } = runHelm(['lint', '--strict', chartDirectory], { secrets });
    expect(errors).toBe('');
    expect(succeeded).toBe(true);
  });

  it('needs the secrets, and exactly one way to check tokens', () => {
    expect(() => render({})).toThrow(/secrets\.databaseUrl/);
    const both = { ...secrets, authJwksUrl: 'https://issuer.example/jwks' };
    expect(() => render({ secrets: both })).toThrow(/exactly one/);
    expect(() => render({ secrets: { existingSecret: 'mine' } })).not.toThrow();
  });

  it('refuses what the schema refuses', () => {
    expect(() => render({ secrets, outboxRelay: { replica: 3 } })).toThrow(/replica/);
  });

  it('runs every app as nobody, without writing, and long enough to stop', () => {
    const resources = render({ secrets, shutdown: { timeoutMs: 45_500 } });
    for (const app of apps) {
      const { spec } = find(resources, 'Deployment', nameOf(app)).spec.template;
      const [container] = spec.containers;
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true });
      expect(container.securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      });
      const delay = Number(container.lifecycle?.preStop.exec.command[1] ?? 0);
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(45.5 + delay);
      expect(container.readinessProbe.httpGet.path).toBe('/health/ready');
      expect(container.livenessProbe.httpGet.path).toBe('/health/live');
      expect(container.resources.requests.memory).toBeDefined();
    }
  });

  it('gives every app an environment that it starts with', () => {
    const resources = render({ secrets });
    const secret = find(resources, 'Secret', 'shop-inventory-events').stringData;
    for (const app of apps) {
      const [container] = find(resources, 'Deployment', nameOf(app)).spec.template.spec.containers;
      const pairs = container.env.map(({ name, value, valueFrom }) => [
        name,
        value ?? secret[valueFrom.secretKeyRef.key],
      ]);
      const present = Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
      const parsed = app.Env.safeParse(present);
      expect(parsed.error?.issues ?? []).toEqual([]);
      expect(parsed.data.PORT).toBe(container.ports[0].containerPort);
      expect(new Set(container.env.map(({ name }) => name)).size).toBe(container.env.length);
    }
  });

  it('writes large numbers as numbers', () => {
    const env = { RATE_LIMIT_PER_MINUTE: 1_000_000, LEDGER_SESSIONS: '4' };
    const resources = render({ secrets, inventoryApi: { env } });
    const { spec } = find(resources, 'Deployment', nameOf({ name: 'inventory-api' })).spec.template;
    expect(spec.containers[0].env).toContainEqual({
      name: 'RATE_LIMIT_PER_MINUTE',
      value: '1000000',
    });
    expect(spec.containers[0].env).toContainEqual({ name: 'LEDGER_SESSIONS', value: '4' });
  });

  it('selects with every service and disruption budget the pods of its own app', () => {
    const resources = render({ secrets });
    for (const app of apps) {
      const labels = find(resources, 'Deployment', nameOf(app)).spec.template.metadata.labels;
      const { selector } = find(resources, 'Service', nameOf(app)).spec;
      const { matchLabels } = find(resources, 'PodDisruptionBudget', nameOf(app)).spec.selector;
      expect(labels).toMatchObject(selector);
      expect(labels).toMatchObject(matchLabels);
      expect(selector['app.kubernetes.io/component']).toBe(app.name);
    }
  });

  it('scales, switches off and autoscales each app alone', () => {
    const resources = render({
      secrets,
      ingestWorker: { enabled: false },
      outboxRelay: { replicas: 3 },
      auditApi: { autoscaling: { enabled: true } },
    });
    const of = (kind, name) => find(resources, kind, nameOf({ name }));
    expect(of('Deployment', 'ingest-worker')).toBeUndefined();
    expect(of('Deployment', 'outbox-relay').spec.replicas).toBe(3);
    expect(of('Deployment', 'inventory-api').spec.replicas).toBe(2);
    expect(of('Deployment', 'audit-api').spec.replicas).toBeUndefined();
    expect(of('HorizontalPodAutoscaler', 'audit-api')).toBeDefined();
  });

  it('serves gRPC of the inventory API beside HTTP, and of no other app', () => {
    const resources = render({ secrets, inventoryApi: { grpcPort: 9191 } });
    const of = (kind, app) => find(resources, kind, nameOf(app)).spec;
    const portNames = (ports) => ports.map(({ name }) => name);
    for (const app of apps) {
      const wanted = app.name === 'inventory-api' ? ['http', 'grpc'] : ['http'];
      const [container] = of('Deployment', app).template.spec.containers;
      expect(portNames(container.ports)).toEqual(wanted);
      expect(portNames(of('Service', app).ports)).toEqual(wanted);
    }
    const api = apps.find(({ name }) => name === 'inventory-api');
    const [container] = of('Deployment', api).template.spec.containers;
    expect(container.ports[1].containerPort).toBe(9191);
    expect(container.env).toContainEqual({ name: 'GRPC_PORT', value: '9191' });
    const [, grpc] = of('Service', api).ports;
    expect(grpc).toEqual({ name: 'grpc', port: 9090, targetPort: 'grpc', appProtocol: 'grpc' });
  });

  it('lets REST of both APIs in from outside where that is wanted', () => {
    expect(render({ secrets }).map(({ kind }) => kind)).not.toContain('Ingress');
    const ingress = { enabled: true, host: 'stock.example', tlsSecretName: 'stock-tls' };
    const resources = render({ secrets, inventoryApi: { ingress }, auditApi: { ingress } });
    for (const name of ['inventory-api', 'audit-api']) {
      const { spec } = find(resources, 'Ingress', nameOf({ name }));
      expect(spec.tls).toEqual([{ hosts: ['stock.example'], secretName: 'stock-tls' }]);
      const { service } = spec.rules[0].http.paths[0].backend;
      expect(service).toEqual({ name: nameOf({ name }), port: { name: 'http' } });
    }
  });

  it('migrates before the apps, with a secret that is there by then', () => {
    const job = (resources) => find(resources, 'Job', 'shop-inventory-events-migrate');
    const own = render({ secrets });
    expect(job(own).metadata.annotations['helm.sh/hook']).toBe('pre-install,pre-upgrade');
    const [container] = job(own).spec.template.spec.containers;
    const reference = container.env[0].valueFrom.secretKeyRef;
    expect(find(own, 'Secret', reference.name).metadata.annotations).toMatchObject({
      'helm.sh/hook': 'pre-install,pre-upgrade',
    });
    const foreign = render({ secrets: { existingSecret: 'mine' } });
    expect(foreign.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(JSON.stringify(job(foreign))).toContain('"name":"mine"');
  });

  it('offers monitors and alerts where they are wanted', () => {
    expect(render({ secrets }).map(({ kind }) => kind)).not.toContain('ServiceMonitor');
    const resources = render({
      secrets,
      metrics: {
        serviceMonitor: { enabled: true },
        prometheusRule: { enabled: true, runbookBaseUrl: 'https://docs.example/runbooks/' },
      },
    });
    for (const app of apps) expect(find(resources, 'ServiceMonitor', nameOf(app))).toBeDefined();
    const { rules } = find(resources, 'PrometheusRule', 'shop-inventory-events').spec.groups[0];
    expect(rules.length).toBeGreaterThan(4);
    for (const { annotations } of rules) {
      expect(annotations.runbook_url).toMatch(/^https:\/\/docs\.example\/runbooks\/[a-z-]+\.md$/);
    }
  });
});
