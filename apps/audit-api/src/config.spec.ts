import { loadConfig } from './config';

const valid = {
  DATABASE_URL: 'postgresql://db/app',
  AMQP_URL: 'amqp://broker',
  REDIS_URL: 'redis://cache',
  AUTH_JWKS_URL: 'https://issuer.example/jwks',
};

describe('loadConfig', () => {
  it('fills in the defaults', () => {
    expect(loadConfig(valid)).toMatchObject({
      port: 8081,
      auth: { key: { kind: 'jwks', url: 'https://issuer.example/jwks' } },
      http: { rateLimitPerMinute: 600, trustedProxyHops: 0 },
    });
  });

  it('needs one way to check tokens, not two', () => {
    expect(() => loadConfig({ ...valid, AUTH_JWKS_URL: '' })).toThrow(/AUTH_JWT_SECRET/);
    expect(() => loadConfig({ ...valid, AUTH_JWT_SECRET: 'x'.repeat(32) })).toThrow(/exactly one/);
  });
});
