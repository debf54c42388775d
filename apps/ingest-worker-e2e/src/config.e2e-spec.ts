import { serverUrl, workspaceRoot } from '@inventory-events/testing';
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const complete = () => ({
  DATABASE_URL: serverUrl('DATABASE_URL'),
  AMQP_URL: serverUrl('AMQP_URL'),
  REDIS_URL: serverUrl('REDIS_URL'),
  PORT: '0',
});

function run(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const main = join(workspaceRoot, 'dist', 'apps', 'ingest-worker', 'main.js');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, output: stdout + stderr }),
    );
  });
}

describe('configuration', () => {
  it('names every missing variable at once and exits with 1', async () => {
    const { code, output } = await run({});
    expect(code).toBe(1);
    for (const name of ['DATABASE_URL', 'AMQP_URL', 'REDIS_URL']) {
      expect(output).toContain(`${name}: is required`);
    }
  });

  it.each(['DATABASE_URL', 'AMQP_URL', 'REDIS_URL'])(
    'names %s when it is missing',
    async (name) => {
      const { code, output } = await run({ ...complete(), [name]: '' });
      expect(code).toBe(1);
      expect(output).toContain(`${name}: is required`);
    },
  );

  it.each([
    ['DATABASE_URL', 'http://user:hidden@localhost'],
    ['AMQP_URL', 'hidden'],
    ['REDIS_URL', 'amqp://hidden@localhost'],
    ['PORT', 'hidden'],
    ['LOG_LEVEL', 'hidden'],
    ['SHUTDOWN_TIMEOUT_MS', 'hidden'],
    ['INGEST_PARTITIONS', 'hidden'],
    ['PREFETCH', 'hidden'],
    ['BATCH_SIZE', 'hidden'],
    ['DELIVERY_LIMIT', 'hidden'],
    ['MAX_ATTEMPTS', 'hidden'],
    ['DEFAULT_LOW_STOCK_THRESHOLD', 'hidden'],
    ['DEFAULT_HYSTERESIS', 'hidden'],
    ['RESERVATION_TTL_SECONDS', 'hidden'],
    ['ORDER_OUTCOME_RETENTION_DAYS', 'hidden'],
    ['AUDIT_RETENTION_DAYS', 'hidden'],
    ['MOVEMENT_RETENTION_DAYS', 'hidden'],
    ['INBOX_RETENTION_DAYS', 'hidden'],
    ['PARTITION_MAINTENANCE_INTERVAL_MS', 'hidden'],
  ])('names a malformed %s, without its value, and exits with 1', async (name, value) => {
    const { code, output } = await run({ ...complete(), [name]: value });
    expect(code).toBe(1);
    expect(output).toContain(`${name}: `);
    expect(output).not.toContain('hidden');
  });
});
