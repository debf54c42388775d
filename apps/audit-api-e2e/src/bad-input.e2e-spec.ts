import { connect } from 'node:net';
import { once } from 'node:events';
import { signToken } from './world/sign-token';
import { startAuditWorld, type AuditWorld, type CallOptions } from './world/start-audit-world';

const UUID = '0190163d-8694-739b-aea5-966c26f8ad90';

describe('bad input', () => {
  let world: AuditWorld;
  beforeAll(async () => {
    world = await startAuditWorld();
  });
  afterAll(() => world.close());

  async function expectProblem(status: number, path: string, options?: CallOptions) {
    const answer = await world.call(path, options);
    expect({ status: answer.status, type: answer.headers['content-type'] }).toEqual({
      status,
      type: 'application/problem+json',
    });
    expect(answer.json).toMatchObject({ type: 'about:blank', status, code: expect.any(String) });
    expect(answer.text).not.toMatch(/<html|<!doctype|<pre|node_modules|\.ts:|SELECT /i);
    return answer.json as { code: string; errors?: { field: string }[] };
  }
  const withToken = (token: string): CallOptions => ({
    role: null,
    headers: { authorization: `Bearer ${token}` },
  });
  const past = Math.floor(Date.now() / 1000) - 60;

  it.each([
    ['none', { role: null }],
    ['expired', withToken(signToken({ roles: ['admin'], exp: past }))],
    ['another algorithm', withToken(signToken({ roles: ['admin'], alg: 'HS512' }))],
    ['no algorithm', withToken(signToken({ roles: ['admin'], alg: 'none' }))],
    [
      'unsigned',
      withToken(
        `${signToken({ roles: ['admin'], alg: 'none' })
          .split('.', 2)
          .join('.')}.`,
      ),
    ],
    ['another secret', withToken(signToken({ roles: ['admin'] }, 'x'.repeat(40)))],
    ['not a token', withToken('nonsense')],
    ['another scheme', { role: null, headers: { authorization: 'Basic YWRtaW46YWRtaW4=' } }],
  ] satisfies [string, CallOptions][])('token: %s → 401 everywhere', async (_name, options) => {
    for (const path of ['/api/v1/events', '/api/v1/openapi.json', '/api/v1/outbox', '/nowhere']) {
      expect((await expectProblem(401, path, options)).code).toBe('UNAUTHENTICATED');
    }
    await expectProblem(401, '/api/v1/dead-letters/redrive', { ...options, method: 'POST' });
  });

  it('a role that may not → 403', async () => {
    for (const path of [
      '/api/v1/dead-letters/redrive',
      '/api/v1/outbox/parked/redrive',
      `/api/v1/outbox/parked/${UUID}/redrive`,
    ]) {
      for (const role of ['viewer', 'operator'] as const) {
        const problem = await expectProblem(403, path, { method: 'POST', role, body: {} });
        expect(problem.code).toBe('FORBIDDEN');
      }
    }
    const nobody = withToken(signToken({ roles: ['guest'] }));
    await expectProblem(403, '/api/v1/events', nobody);
    await expectProblem(403, '/api/v1/events', withToken(signToken({ roles: 'admin' })));
  });

  it.each([
    ['/api/v1/events?cursor=x', 'query.cursor'],
    ['/api/v1/events?cursor=AAAAAAAAAAAAAAAAAAAAAB', 'query.cursor'],
    ['/api/v1/events?cursor=', 'query.cursor'],
    ['/api/v1/events?limit=0', 'query.limit'],
    ['/api/v1/events?limit=10001', 'query.limit'],
    ['/api/v1/events?limit=-1', 'query.limit'],
    ['/api/v1/events?limit=1e2', 'query.limit'],
    ['/api/v1/events?limit=ten', 'query.limit'],
    ['/api/v1/events?limit=', 'query.limit'],
    ['/api/v1/events?limit=1&limit=2', 'query.limit'],
    ['/api/v1/events?limit=99999999999999999999', 'query.limit'],
    ['/api/v1/events?productId=7', 'query.productId'],
    [`/api/v1/events?productId=${UUID}&productId=${UUID}`, 'query.productId'],
    ['/api/v1/events?variantId=x', 'query.variantId'],
    ['/api/v1/events?warehouseId=x', 'query.warehouseId'],
    ['/api/v1/events?type=NO_SUCH_TYPE', 'query.type.0'],
    ['/api/v1/events?type=LOW_STOCK&type=', 'query.type.1'],
    [`/api/v1/events?sku=${'x'.repeat(200)}`, 'query.sku'],
    ['/api/v1/events?sku=a%01b', 'query.sku'],
    ['/api/v1/events?correlationId=', 'query.correlationId'],
    ['/api/v1/events?from=now', 'query.from'],
    ['/api/v1/events?from=infinity', 'query.from'],
    ['/api/v1/events?from=2026-01-01', 'query.from'],
    ['/api/v1/events?from=2026-02-30T00:00:00Z', 'query.from'],
    ['/api/v1/events?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'query.to'],
    ['/api/v1/events?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'query.to'],
    ['/api/v1/events?unknown=1', 'query'],
    ['/api/v1/events?productId[]=1', 'query'],
    ['/api/v1/events/not-a-uuid', 'path.id'],
    ['/api/v1/events/1', 'path.id'],
    ['/api/v1/products/x/timeline', 'path.productId'],
    [`/api/v1/products/${UUID}/timeline?order=up`, 'query.order'],
    [`/api/v1/products/${UUID}/timeline?limit=501`, 'query.limit'],
    ['/api/v1/events/export?format=xml', 'query.format'],
    ['/api/v1/events/export?limit=5', 'query'],
    ['/api/v1/events/stream?type=x', 'query.type.0'],
    ['/api/v1/outbox/parked?cursor=AAAAAAAAAAAAAAAAAAAAAA', 'query.cursor'],
    ['/api/v1/dead-letters?queue=inventory.updates', 'query.queue'],
    ['/api/v1/dead-letters?limit=201', 'query.limit'],
  ])('%s → 400 naming the field', async (path, field) => {
    const problem = await expectProblem(400, path);
    expect(problem.code).toBe('INVALID_REQUEST');
    expect(problem.errors?.map((error) => error.field)).toContain(field);
  });

  it.each(['/%00', '/api/v1/events/%00', '/api/v1/events?sku=%00', '/api/v1/%E0%A4%A', '/%ff'])(
    'path %s → 400',
    async (path) => void (await expectProblem(400, path)),
  );

  it.each([
    '/',
    '/nowhere',
    '/api/v1',
    '/api/v1/events/',
    '/api/v1/event',
    '/api/v2/events',
    '/API/v1/events',
  ])('unknown path %s → 404', async (path) => void (await expectProblem(404, path)));

  it('an id that nothing has → 404', async () => {
    await expectProblem(404, `/api/v1/events/${UUID}`);
    await expectProblem(404, '/api/v1/events/00000000-0000-0000-0000-000000000000');
    const path = `/api/v1/outbox/parked/${UUID}/redrive`;
    await expectProblem(404, path, { method: 'POST', role: 'admin' });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'REPORT'])(
    'method %s → 405',
    async (method) => {
      expect((await expectProblem(405, '/api/v1/events', { method })).code).toBe(
        'METHOD_NOT_ALLOWED',
      );
    },
  );

  it('a wrong method on what only takes POST, and on health → 405', async () => {
    await expectProblem(405, '/api/v1/dead-letters/redrive');
    await expectProblem(405, '/health', { method: 'POST', role: null });
    await expectProblem(405, '/metrics', { method: 'DELETE', role: null });
  });

  it.each([
    ['not JSON', { body: '{' }, 400],
    ['an array', { body: [] }, 400],
    ['null', { body: 'null' }, 400],
    ['an unknown field', { body: { all: true } }, 400],
    ['a queue that is no dead-letter queue', { body: { queue: 'inventory.updates' } }, 400],
    ['a limit of 0', { body: { limit: 0 } }, 400],
    ['a limit of 10 001', { body: { limit: 10_001 } }, 400],
    ['a fraction', { body: { limit: 1.5 } }, 400],
    ['an unknown reason', { body: { errorCode: 'NOPE' } }, 400],
    ['nested 5 000 deep', { body: '['.repeat(5_000) + ']'.repeat(5_000) }, 400],
    ['no body', {}, 415],
    ['text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415],
    ['compressed', { body: '{}', headers: { 'content-encoding': 'gzip' } }, 415],
    ['too large', { body: { queue: 'x'.repeat(100_000) } }, 413],
  ] satisfies [string, CallOptions, number][])('body: %s', async (_name, options, status) => {
    await expectProblem(status, '/api/v1/dead-letters/redrive', {
      method: 'POST',
      role: 'admin',
      ...options,
    });
  });

  it('a position that is none → 400', async () => {
    for (const position of ['x', `${UUID}.x`, '1', `${UUID}.99999999999999999999`]) {
      const headers = { 'last-event-id': position };
      await expectProblem(400, '/api/v1/events/stream', { headers });
    }
  });

  it('headers that are too large, and what is no HTTP', async () => {
    await expectProblem(431, '/api/v1/events', { headers: { 'x-large': 'x'.repeat(20_000) } });
    const socket = connect(world.app.port, '127.0.0.1');
    socket.end('NONSENSE\r\n\r\n');
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/);
  });

  it('none of it was logged as a failure of ours', () => {
    const errors = world.app
      .logLines()
      .filter((line) => ['error', 'fatal'].includes(String(line['level'])));
    expect(errors).toEqual([]);
  });
});
