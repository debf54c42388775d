import { AppError } from '@inventory-events/errors';
import { MemoryStore } from 'express-rate-limit';
import request from 'supertest';
import type { Principal } from '../http/auth/create-token-verifier';
import { rememberVerifiedTokens } from '../http/auth/remember-verified-tokens';
import { createLogger } from '../observability/create-logger';
import { createMetrics } from '../observability/create-metrics';
import { createHttpApp } from './create-http-app';
import { defineRoute } from './route';

const PER_MINUTE = 3;
/** Strangers of one address may ask ten times as often. */
const PER_ADDRESS = 10 * PER_MINUTE;

function createWorld() {
  const checked: string[] = [];
  const verify = (token: string): Promise<Principal> => {
    checked.push(token);
    if (token.startsWith('bad')) return Promise.reject(new AppError('UNAUTHENTICATED', 'bad'));
    return Promise.resolve({ subject: token, roles: ['viewer'], expiresAtMs: Infinity });
  };
  const route = defineRoute({
    method: 'get',
    path: '/api/v1/things',
    tag: 'Things',
    summary: 'All of them',
    role: 'viewer',
    request: {},
    response: { description: 'Things.' },
    handle: () => Promise.resolve([]),
  });
  const app = createHttpApp({
    description: { title: 'Things', description: '' },
    logger: createLogger({ name: 'test', level: 'silent' }),
    registry: createMetrics('test'),
    tokens: rememberVerifiedTokens(verify),
    rateLimits: { perMinute: PER_MINUTE, createStore: () => new MemoryStore() },
    trustedProxyHops: 0,
    routes: [route],
  });
  const ask = (token: string, path = '/api/v1/things') =>
    request(app.handle).get(path).set('Authorization', `Bearer ${token}`);
  return { app, ask, checked };
}

describe('createHttpApp', () => {
  it('limits a subject, and counts its address only until its token is known', async () => {
    const { ask, checked } = createWorld();
    const first = await ask('one');
    expect(first.status).toBe(200);
    expect(first.headers['ratelimit']).toMatch(/"address"; r=29.*"subject"; r=2/);
    const second = await ask('one');
    expect(second.headers['ratelimit']).toMatch(/^"subject"; r=1/);
    expect((await ask('one')).status).toBe(200);
    const refused = await ask('one');
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: 'RATE_LIMITED' });
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await ask('another')).status).toBe(200);
    expect(checked).toEqual(['one', 'another']);
  });

  it('lets nobody guess tokens for long, and those who are known go on', async () => {
    const { ask, checked } = createWorld();
    expect((await ask('good')).status).toBe(200);
    for (let guess = 1; guess < PER_ADDRESS; guess += 1) {
      expect((await ask(`bad-${guess}`)).status).toBe(401);
    }
    expect((await ask('bad-again')).status).toBe(429);
    expect((await ask('not-known-yet')).status).toBe(429);
    expect(checked).toHaveLength(PER_ADDRESS);
    expect((await ask('good')).status).toBe(200);
  });

  it('shows the page to strangers, and the document to those with a role', async () => {
    const { app, ask } = createWorld();
    expect((await request(app.handle).get('/api/v1/docs')).text).toContain('<title>Things</title>');
    expect((await ask('one', '/api/v1/docs')).status).toBe(200);
    expect((await request(app.handle).get('/api/v1/openapi.json')).status).toBe(401);
    const document = await ask('one', '/api/v1/openapi.json');
    expect(Object.keys((document.body as { paths: object }).paths)).toEqual(['/api/v1/things']);
  });

  it('answers what no route does with a problem', async () => {
    const { ask } = createWorld();
    expect((await ask('one', '/nowhere')).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const malformed = await ask('two', '/api/v1/things%00');
    expect(malformed.body).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });
});
