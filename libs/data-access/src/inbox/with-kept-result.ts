import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { findProcessedMessages } from '../stock/find-processed-messages';
import { insertInboxMessages } from '../stock/insert-inbox-messages';
import { withTransaction } from '../transactions/with-transaction';

export interface KeptRequest {
  /** The same for every repetition of a request. */
  readonly messageId: string;
  readonly source: string;
  /** Tells a repetition from another request under the same id. */
  readonly bodyHash: Buffer;
  readonly correlationId: string;
}

const UNIQUE_VIOLATION = '23505';
const MAX_ATTEMPTS = 3;

/**
 * Does the work in one transaction with keeping its result, which is plain JSON: done twice it has
 * one effect and one result. `reused` when the id was another request's.
 */
export async function withKeptResult<Result>(
  pool: Pool,
  request: KeptRequest,
  work: (client: PoolClient) => Promise<Result>,
): Promise<{ result: Result } | 'reused'> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withTransaction(pool, (client) => doOnce(client, request, work));
    } catch (error) {
      // Another session kept one for the id first; now it is there to be found.
      if (attempt >= MAX_ATTEMPTS || !isKeptMeanwhile(error)) throw error;
    }
  }
}

async function doOnce<Result>(
  client: PoolClient,
  request: KeptRequest,
  work: (client: PoolClient) => Promise<Result>,
): Promise<{ result: Result } | 'reused'> {
  const [kept] = await findProcessedMessages(client, [request.messageId]);
  if (kept !== undefined) {
    return kept.bodyHash.equals(request.bodyHash) ? { result: kept.result as Result } : 'reused';
  }
  const result = await work(client);
  const row = { ...request, outcome: 'applied', result: JSON.stringify(result) };
  await insertInboxMessages(client, [row], await readClock(client));
  return { result };
}

async function readClock(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ now: number }>(
    'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
  );
  return (rows[0] as { now: number }).now;
}

function isKeptMeanwhile(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    error.code === UNIQUE_VIOLATION &&
    error.table?.startsWith('inbox_messages') === true
  );
}
