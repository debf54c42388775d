import { ConfigError } from '@inventory-events/service-runtime';
import { loadConfig } from './config';

const REQUIRED = {
  DATABASE_URL: 'postgresql://user:secret@localhost/db',
  AMQP_URL: 'amqp://localhost',
  REDIS_URL: 'redis://localhost',
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message).not.toContain('secret');
    return error.problems.map(({ variable }) => variable).sort();
  }
}

describe('loadConfig', () => {
  it('needs only the three servers', () => {
    expect(loadConfig(REQUIRED)).toMatchObject({
      port: 8082,
      ingest: { partitions: 4, prefetch: 1_000, batchSize: 500, deliveryLimit: 6 },
      reservation: { ttlSeconds: 900 },
      maintenance: { orderOutcomeDays: 7, retention: { inboxDays: 30 } },
      threshold: { defaultLowStockThreshold: 10, defaultHysteresis: 0 },
    });
  });

  it('names everything that is missing at once', () => {
    expect(problemsOf({})).toEqual(['AMQP_URL', 'DATABASE_URL', 'REDIS_URL']);
  });

  it.each([
    ['DATABASE_URL', 'mysql://localhost/db'],
    ['AMQP_URL', 'localhost:5672'],
    ['REDIS_URL', 'http://localhost'],
    ['PORT', '70000'],
    ['LOG_LEVEL', 'loud'],
    ['SHUTDOWN_TIMEOUT_MS', '20s'],
    ['INGEST_PARTITIONS', '-1'],
    ['INGEST_PARTITIONS', '65'],
    ['PREFETCH', '0'],
    ['BATCH_SIZE', '1e3'],
    ['DELIVERY_LIMIT', '2'],
    ['MAX_ATTEMPTS', '0'],
    ['DEFAULT_LOW_STOCK_THRESHOLD', '-5'],
    ['DEFAULT_HYSTERESIS', 'some'],
    ['RESERVATION_TTL_SECONDS', '0'],
    ['ORDER_OUTCOME_RETENTION_DAYS', '0'],
    ['AUDIT_RETENTION_DAYS', '1.5'],
    ['MOVEMENT_RETENTION_DAYS', 'x'],
    ['INBOX_RETENTION_DAYS', '0'],
    ['PARTITION_MAINTENANCE_INTERVAL_MS', '1'],
  ])('refuses %s=%s by its name', (variable, value) => {
    expect(problemsOf({ ...REQUIRED, [variable]: value })).toEqual([variable]);
  });
});
