import { randomUUID } from 'node:crypto';
import type { AbuseRecord } from '../abuse-record';
import { sendRequest } from '../http/send-request';
import type { AbuseWorld } from '../world/open-abuse-world';

const KILOBYTE = 1_024;
const ID = '0190163d-8694-739b-aea5-966c26f8ad90';

/** Every route with a limit of its own, and some with the one that all others have. */
const LIMITS: readonly (readonly [api: 'inventory' | 'audit', path: string, limit: number])[] = [
  ['inventory', '/api/v1/inventory', 64 * KILOBYTE],
  ['inventory', `/api/v1/inventory/${ID}/adjust`, 64 * KILOBYTE],
  ['inventory', '/api/v1/inventory/batch', 1_024 * KILOBYTE],
  ['inventory', '/api/v1/reservations', 512 * KILOBYTE],
  ['inventory', `/api/v1/reservations/${ID}/cancel`, 64 * KILOBYTE],
  ['inventory', '/api/v1/warehouses', 64 * KILOBYTE],
  ['audit', '/api/v1/dead-letters/redrive', 64 * KILOBYTE],
];

const FRAMINGS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'transfer-encoding': 'chunked' },
];

/** Bodies of exactly as many bytes as may be, and of one more. */
export async function bodyLimits(world: AbuseWorld, record: AbuseRecord): Promise<void> {
  const headers = {
    authorization: `Bearer ${world.authority.sign()}`,
    'content-type': 'application/json',
  };
  for (const [api, path, limit] of LIMITS) {
    for (const framing of FRAMINGS) {
      const post = (sizeBytes: number) =>
        sendRequest(world[api].app.port, {
          method: 'POST',
          path,
          headers: { ...headers, ...framing, 'idempotency-key': randomUUID() },
          body: '{"'.padEnd(sizeBytes - 4, 'x') + '":0}',
        });
      const within = await post(limit);
      record.judge(`${path} at its limit`, within);
      if (within?.status === 413) {
        record.find('wrong answer', `${path} at its limit`, `${limit} bytes were too many`);
      }
      const status = 413;
      record.judge(`${path} over its limit`, await post(limit + 1), { status, mayClose: true });
    }
  }
}
