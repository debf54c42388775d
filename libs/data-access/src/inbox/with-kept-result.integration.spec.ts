import { createHash, randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { createPool } from '../pool/create-pool';
import { withKeptResult } from './with-kept-result';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'kept spec' });
  await pool.query('CREATE TABLE effects (id uuid)');
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const requestOf = (messageId: string, body = 'body') => ({
  messageId,
  source: 'http',
  bodyHash: createHash('sha256').update(body).digest(),
  correlationId: randomUUID(),
});

function execute(messageId: string, body?: string) {
  return withKeptResult(pool, requestOf(messageId, body), async (client) => {
    await client.query('INSERT INTO effects (id) VALUES ($1)', [messageId]);
    return { made: randomUUID() };
  });
}

async function effectsOf(messageId: string): Promise<number> {
  const { rows } = await pool.query('SELECT 1 FROM effects WHERE id = $1', [messageId]);
  return rows.length;
}

describe('withKeptResult', () => {
  it('does it once and answers a repetition with the same', async () => {
    const messageId = randomUUID();
    const first = await execute(messageId);
    expect(await execute(messageId)).toEqual(first);
    expect(await effectsOf(messageId)).toBe(1);
  });

  it('refuses the id to another request', async () => {
    const messageId = randomUUID();
    await execute(messageId);
    expect(await execute(messageId, 'another')).toBe('reused');
    expect(await effectsOf(messageId)).toBe(1);
  });

  it('does it once when many come at the same time, and all get one answer', async () => {
    const messageId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => execute(messageId)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await effectsOf(messageId)).toBe(1);
  });

  it('keeps nothing of what failed', async () => {
    const messageId = randomUUID();
    const fail = () => Promise.reject(new Error('no'));
    await expect(withKeptResult(pool, requestOf(messageId), fail)).rejects.toThrow('no');
    await execute(messageId);
    expect(await effectsOf(messageId)).toBe(1);
  });
});
