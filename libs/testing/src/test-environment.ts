import { createHash, randomBytes } from 'node:crypto';

/** The URLs the tests get their servers from; `npm test` and `.dev-stack/env` set them. */
export type ServerVariable = 'DATABASE_URL' | 'AMQP_URL' | 'AMQP_MANAGEMENT_URL' | 'REDIS_URL';

export function serverUrl(variable: ServerVariable): string {
  const value = process.env[variable];
  if (value) return value;
  throw new Error(
    `${variable} is not set. Run "node tools/dev-stack/main.mjs up" and then ` +
      '"set -a; . .dev-stack/env; set +a", or the tests through "npm test".',
  );
}

/**
 * Everything tests make on a server is named by this, so that one run can clean up after itself
 * alone.
 */
export function testRunId(): string {
  return process.env['TEST_RUN_ID'] ?? 'local';
}

/** A name that no other test has: `inventory_test_<run>_<random>`. */
export function uniqueTestName(): string {
  return `inventory_test_${testRunId()}_${randomBytes(5).toString('hex')}`;
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
