import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { createTestDatabase, type TestDatabase } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { PrismaClient } from '../generated/prisma/client';
import { createUuidV7Source } from '../ids/uuid-v7';
import { createPool } from '../pool/create-pool';
import { findEvent } from './find-event';
import { listParkedEvents } from './list-parked-events';

let database: TestDatabase;
let pool: Pool;
let prisma: PrismaClient;
const statements: { query: string; params: string }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ connectionString: database.url, applicationName: 'prisma spec' });
  const logged = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false }),
    log: [{ emit: 'event', level: 'query' }],
  });
  logged.$on('query', ({ query, params }) => statements.push({ query, params }));
  prisma = logged as unknown as PrismaClient;
});

afterAll(async () => {
  await prisma.$disconnect();
  await pool.end();
  await database.drop();
});

async function planOfLastStatement(): Promise<string> {
  const { query, params } = statements.at(-1) as { query: string; params: string };
  const client = await pool.connect();
  try {
    await client.query('SET enable_seqscan = off');
    const { rows } = await client.query(`EXPLAIN ${query}`, JSON.parse(params));
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    client.release(true);
  }
}

describe('findEvent', () => {
  it('reads one event from the one partition of its id', async () => {
    const id = createUuidV7Source(Date.now()).next();
    const productId = randomUUID();
    await pool.query(
      `INSERT INTO inventory_events (id, product_id, item_id, event_type, sequence, cause,
         correlation_id, data)
       VALUES ($1, $2, $2, 'LOW_STOCK', 7, 'observe', 'trace', '{"sequence": 7}')`,
      [id, productId],
    );
    expect(await findEvent(prisma, id)).toMatchObject({
      id,
      productId,
      sequence: 7,
      warehouseId: null,
      createdAt: expect.stringMatching(/Z$/),
      data: { sequence: 7 },
    });
    const plan = await planOfLastStatement();
    expect(plan.match(/Index Scan using inventory_events_\w+_pkey/g)).toHaveLength(1);
    expect(await findEvent(prisma, randomUUID())).toBeUndefined();
  });
});

describe('listParkedEvents', () => {
  it('pages through what waits, by the index on time and id', async () => {
    const ids = Array.from({ length: 5 }, () => randomUUID()).sort();
    await pool.query(
      `INSERT INTO outbox_parked (id, partition, item_id, event_type, sequence, routing_key,
         correlation_id, payload, created_at, attempts, error_code, error_message, parked_at,
         redriven_at)
       SELECT id, 1, id, 'LOW_STOCK', 1, 'key', 'trace', '{}', now(), 10, 'PUBLISH_NACKED', 'no',
         '2026-01-01T00:00:00Z', CASE WHEN nr = 5 THEN now() END
       FROM unnest($1::uuid[]) WITH ORDINALITY AS parked (id, nr)`,
      [ids],
    );
    const first = await listParkedEvents(prisma, { limit: 2 });
    const second = await listParkedEvents(prisma, { after: first[1], limit: 2 });
    const plan = await planOfLastStatement();
    const third = await listParkedEvents(prisma, { after: second[1], limit: 2 });
    expect([...first, ...second].map((event) => event.id)).toEqual(ids.slice(0, 4));
    expect(first[0]?.sequence).toBe(1);
    expect(third).toEqual([]);
    expect(plan).toContain('outbox_parked_parked_at_idx');
  });
});
