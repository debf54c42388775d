import type { BenchEnvironment } from './bench-environment';

export const JWT_SECRET = 'a secret that only the benchmarks know';

/** What every app is started with; benchmarks add what they vary. */
export function appEnvironment(environment: BenchEnvironment): Record<string, string> {
  return {
    DATABASE_URL: environment.databaseUrl,
    AMQP_URL: environment.amqpUrl,
    REDIS_URL: environment.redisUrl,
    AUTH_JWT_SECRET: JWT_SECRET,
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  };
}
