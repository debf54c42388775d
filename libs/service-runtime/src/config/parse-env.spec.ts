import { z } from 'zod';
import { authEnv, requireOneAuthMethod } from './auth-env';
import { baseEnv } from './base-env';
import { ConfigError } from './config-error';
import { envBoolean, envInteger, envUrl } from './env-fields';
import { parseEnv } from './parse-env';

const schema = z.object({
  ...baseEnv({ port: 8081 }),
  DATABASE_URL: envUrl('postgres', 'postgresql'),
  BATCH_SIZE: envInteger({ min: 1, max: 500 }).default(100),
  IS_FAST: envBoolean().default(false),
});

function problemsOf(env: Record<string, string>): Record<string, string> {
  try {
    parseEnv(schema, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.problems.map((p) => [p.variable, p.message]));
  }
  return {};
}

describe('parseEnv', () => {
  const valid = { DATABASE_URL: 'postgres://user:hunter2@db/app' };

  it('applies defaults and converts', () => {
    expect(parseEnv(schema, { ...valid, BATCH_SIZE: '7', IS_FAST: '1' })).toEqual({
      PORT: 8081,
      LOG_LEVEL: 'info',
      SHUTDOWN_TIMEOUT_MS: 20_000,
      DATABASE_URL: valid.DATABASE_URL,
      BATCH_SIZE: 7,
      IS_FAST: true,
    });
  });

  it('reports every problem at once, by name', () => {
    expect(problemsOf({ PORT: '70000', LOG_LEVEL: 'loud', BATCH_SIZE: '1e2' })).toEqual({
      PORT: 'must be at most 65535',
      LOG_LEVEL: 'must be one of fatal, error, warn, info, debug, trace, silent',
      BATCH_SIZE: 'must be a whole number',
      DATABASE_URL: 'is required',
    });
  });

  it('never tells a value', () => {
    const env = {
      DATABASE_URL: 'mysql://root:hunter2@db',
      BATCH_SIZE: 'hunter2',
      LOG_LEVEL: 'hunter2',
    };
    expect.assertions(2);
    try {
      parseEnv(schema, env);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(JSON.stringify([error, String(error), (error as ConfigError).problems])).not.toContain(
        'hunter2',
      );
    }
  });

  it('treats an empty variable as absent', () => {
    expect(problemsOf({ DATABASE_URL: '' })).toEqual({ DATABASE_URL: 'is required' });
    expect(parseEnv(schema, { ...valid, PORT: '' }).PORT).toBe(8081);
  });

  it.each(['', ' 5', '5.0', '0x10', '-1', '501', 'NaN', '99999999999999999999'])(
    'refuses %p as a batch size',
    (value) => {
      if (value === '') return;
      expect(problemsOf({ ...valid, BATCH_SIZE: value })).toHaveProperty('BATCH_SIZE');
    },
  );
});

describe('requireOneAuthMethod', () => {
  const auth = z.object(authEnv()).check(requireOneAuthMethod);
  const secret = 's'.repeat(32);
  const url = 'https://issuer.example/jwks';

  it.each([[{}], [{ AUTH_JWT_SECRET: secret, AUTH_JWKS_URL: url }]])('refuses %j', (env) => {
    expect(() => parseEnv(auth, env)).toThrow(/exactly one of/);
  });

  it.each([[{ AUTH_JWT_SECRET: secret }], [{ AUTH_JWKS_URL: url }]])('accepts %j', (env) => {
    expect(parseEnv(auth, env)).toEqual(env);
  });

  it('refuses a short secret', () => {
    expect(() => parseEnv(auth, { AUTH_JWT_SECRET: 'short' })).toThrow(/32 characters/);
  });
});
