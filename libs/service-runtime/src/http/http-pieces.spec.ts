import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@inventory-events/errors';
import express, { Router, type Express } from 'express';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { createLogger } from '../observability/create-logger';
import { createMetrics } from '../observability/create-metrics';
import { authenticate, requireRole } from './auth/authenticate';
import { createTokenVerifier } from './auth/create-token-verifier';
import { httpErrorHandler } from './http-error-handler';
import { observeRequests } from './observe-requests';
import { parseRequest } from './parse-request';
import { requestContext } from './request-context';
import { allowKnownMethods, notFound, refuseMalformedUrl } from './request-guards';
import { requireJsonBody } from './require-json-body';
import { routeMethods, type RouteMethods } from './route-methods';
import { securityHeaders } from './security-headers';

const SECRET = 'a-secret-of-at-least-32-characters!';
const registry = createMetrics('test');

function createApp(): Express {
  const router = Router();
  const mount = (path: string, methods: RouteMethods) => {
    router.all(path, routeMethods(path, methods));
  };
  mount('/things/:id', {
    get: [
      (req, res) => void res.json(parseRequest('path', z.object({ id: z.uuid() }), req.params)),
    ],
  });
  mount('/admin', { post: [requireRole('admin'), (_q, res) => void res.json({})] });
  mount('/operate', {
    post: [requireRole('operator'), (_q, res) => void res.json({})],
  });
  mount('/body', {
    post: [requireJsonBody({ maxBytes: 100 }), (req, res) => void res.json(req.body)],
  });
  mount('/maybe-body', {
    post: [requireJsonBody({ isOptional: true }), (req, res) => void res.json(req.body ?? 'no')],
  });
  mount('/fails/:how', {
    get: [
      (req) => {
        if (req.params['how'] === 'database') {
          throw Object.assign(new Error('secret-host refused'), { code: 'ECONNREFUSED' });
        }
        if (req.params['how'] === 'short') {
          const details = { shortages: [{ requested: 2, available: 1 }] };
          throw new AppError('INSUFFICIENT_STOCK', 'Too little.', { details });
        }
        if (req.params['how'] === 'app') throw new AppError('CONFLICT', 'Somebody was faster.');
        throw new Error('a secret inside');
      },
    ],
  });
  const app = express();
  app.disable('x-powered-by').set('query parser', 'simple');
  app.use(requestContext(createLogger({ name: 'test', level: 'silent' })));
  app.use(observeRequests(registry), securityHeaders(), allowKnownMethods(), refuseMalformedUrl());
  app.use(authenticate(createTokenVerifier({ key: { kind: 'secret', secret: SECRET } })));
  app.use(router, notFound(), httpErrorHandler());
  return app;
}

describe('the HTTP pieces together', () => {
  let server: Server;
  let port: number;
  let tokens: Record<'viewer' | 'operator' | 'admin', string>;

  beforeAll(async () => {
    server = createServer(createApp()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    const sign = (role: string) =>
      new SignJWT({ roles: [role] })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode(SECRET));
    tokens = {
      viewer: await sign('viewer'),
      operator: await sign('operator'),
      admin: await sign('admin'),
    };
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  interface CallOptions {
    method?: string;
    role?: 'viewer' | 'operator' | 'admin' | null;
    headers?: Record<string, string>;
    body?: string;
  }

  /** Node's client: unlike fetch it sends any method and leaves the path alone. */
  async function call(
    path: string,
    { method = 'GET', role = 'viewer', headers, body }: CallOptions = {},
  ) {
    const authorization = role === null ? {} : { authorization: `Bearer ${tokens[role]}` };
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { ...authorization, ...headers },
    });
    outgoing.end(body);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode, headers: response.headers, text };
  }

  async function expectProblem(status: number, code: string, ...args: Parameters<typeof call>) {
    const answer = await call(...args);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.text)).toMatchObject({ status, code, type: 'about:blank' });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/<html|at .*\.ts|secret/i);
    return answer;
  }

  it('denies without a token, with a bad one and with a lesser role', async () => {
    const missing = await expectProblem(401, 'UNAUTHENTICATED', '/things/1', { role: null });
    expect(missing.headers['www-authenticate']).toBe('Bearer');
    const invalid = await expectProblem(401, 'UNAUTHENTICATED', '/things/1', {
      role: null,
      headers: { authorization: 'Bearer x.y.z' },
    });
    expect(invalid.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    await expectProblem(401, 'UNAUTHENTICATED', '/things/1', {
      role: null,
      headers: { authorization: 'Basic YTpi' },
    });
    await expectProblem(403, 'FORBIDDEN', '/admin', { method: 'POST' });
    await expectProblem(403, 'FORBIDDEN', '/admin', { method: 'POST', role: 'operator' });
  });

  it('lets a higher role do what a lower one may', async () => {
    expect((await call('/operate', { method: 'POST', role: 'admin' })).status).toBe(200);
    expect((await call('/operate', { method: 'POST', role: 'operator' })).status).toBe(200);
    expect((await call('/admin', { method: 'POST', role: 'admin' })).status).toBe(200);
    await expectProblem(403, 'FORBIDDEN', '/operate', { method: 'POST', role: 'viewer' });
  });

  it('names the invalid field', async () => {
    const answer = await expectProblem(400, 'INVALID_REQUEST', '/things/1');
    expect(JSON.parse(answer.text)).toMatchObject({
      errors: [{ field: 'path.id', message: 'Invalid UUID' }],
    });
  });

  it.each(['/things/%00', '/%00', '/things/a%00b?x=1', '/things/1?x=%00', '/%E0%A4%A'])(
    'refuses the path %s',
    (path) => expectProblem(400, 'INVALID_REQUEST', path),
  );

  it.each(['TRACE', 'PROPFIND', 'SEARCH'])('refuses the method %s', (method) =>
    expectProblem(405, 'METHOD_NOT_ALLOWED', '/things/1', { method, role: null }),
  );

  it('answers another method of a known path with 405 and Allow', async () => {
    for (const method of ['DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await expectProblem(405, 'METHOD_NOT_ALLOWED', '/things/1', { method });
      expect(answer.headers.allow).toBe('GET, HEAD');
    }
  });

  it('answers an unknown path with 404', () => expectProblem(404, 'NOT_FOUND', '/nowhere'));

  it('checks the body before it is parsed', async () => {
    const post = { method: 'POST' };
    const json = { 'content-type': 'application/json' };
    expect((await call('/body', { ...post, headers: json, body: '{"a":1}' })).text).toBe('{"a":1}');
    await expectProblem(415, 'UNSUPPORTED_MEDIA_TYPE', '/body', { ...post, body: '{}' });
    await expectProblem(415, 'UNSUPPORTED_MEDIA_TYPE', '/body', {
      ...post,
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    await expectProblem(415, 'UNSUPPORTED_MEDIA_TYPE', '/body', {
      ...post,
      headers: { ...json, 'content-encoding': 'gzip' },
      body: '{}',
    });
    await expectProblem(400, 'MALFORMED_JSON', '/body', { ...post, headers: json, body: '{' });
    await expectProblem(413, 'PAYLOAD_TOO_LARGE', '/body', {
      ...post,
      headers: json,
      body: `{"a":"${'x'.repeat(200)}"}`,
    });
  });

  it('does without a body where it may, and checks the one that comes', async () => {
    const post = { method: 'POST' };
    const none = await call('/maybe-body', { ...post, headers: { 'content-length': '0' } });
    expect(none).toMatchObject({ status: 200, text: '"no"' });
    expect((await call('/maybe-body', post)).text).toBe('"no"');
    await expectProblem(415, 'UNSUPPORTED_MEDIA_TYPE', '/maybe-body', { ...post, body: '{}' });
  });

  it('maps errors once and keeps their inside to itself', async () => {
    await expectProblem(409, 'CONFLICT', '/fails/app');
    const short = await expectProblem(409, 'INSUFFICIENT_STOCK', '/fails/short');
    expect(JSON.parse(short.text)).toMatchObject({ shortages: [{ requested: 2, available: 1 }] });
    const away = await expectProblem(503, 'DEPENDENCY_UNAVAILABLE', '/fails/database');
    expect(away.headers['retry-after']).toBe('1');
    await expectProblem(500, 'INTERNAL', '/fails/bug');
  });

  it('carries well-formed ids of the caller and replaces others', async () => {
    const correlation = '0190163d-8694-739b-aea5-966c26f8ad90';
    const kept = await call('/nowhere', {
      headers: { 'x-request-id': 'abc-1', 'x-correlation-id': correlation },
    });
    expect(kept.headers).toMatchObject({
      'x-request-id': 'abc-1',
      'x-correlation-id': correlation,
    });
    const replaced = await call('/nowhere', {
      headers: { 'x-request-id': 'a b', 'x-correlation-id': 'nope' },
    });
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(replaced.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sets the security headers and counts by route pattern', async () => {
    const answer = await call('/things/0190163d-8694-739b-aea5-966c26f8ad90');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(await registry.metrics()).toContain('route="/things/:id",status="200"');
  });
});
