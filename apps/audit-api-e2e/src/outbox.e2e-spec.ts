import { randomUUID } from 'node:crypto';
import { startAuditWorld, type AuditWorld } from './world/start-audit-world';

interface ParkedPage {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

describe('the outbox', () => {
  let world: AuditWorld;
  beforeAll(async () => {
    world = await startAuditWorld();
  });
  afterAll(() => world.close());

  const insertPending = (partition: number, attempts: number, ageSeconds: number) =>
    world.query(
      `INSERT INTO outbox_messages (partition, item_id, event_id, event_type, sequence, routing_key,
         correlation_id, payload, attempts, last_error, created_at)
       VALUES ($1, gen_random_uuid(), gen_random_uuid(), 'LOW_STOCK', 1, 'k', 'c', '{}', $2, $3,
         now() - make_interval(secs => $4))`,
      [partition, attempts, attempts > 0 ? 'nacked' : null, ageSeconds],
    );
  const park = async (parkedAt: string) => {
    const id = randomUUID();
    await world.query(
      `INSERT INTO outbox_parked (id, partition, item_id, event_type, sequence, routing_key,
         correlation_id, payload, created_at, attempts, error_code, error_message, parked_at)
       VALUES ($1, 3, gen_random_uuid(), 'LOW_STOCK', 1, 'k', 'c', '{"a":1}', now(), 10,
         'PUBLISH_NACKED', 'nacked', $2)`,
      [id, parkedAt],
    );
    return id;
  };

  it('tells size, age, partitions and what fails', async () => {
    await insertPending(1, 0, 60);
    await insertPending(1, 2, 30);
    await insertPending(7, 0, 10);
    const { json } = await world.call('/api/v1/outbox');
    expect(json).toMatchObject({
      pending: 3,
      pendingIsCapped: false,
      parked: 0,
      partitions: [
        { partition: 1, pending: 2, failing: 1 },
        { partition: 7, pending: 1, failing: 0 },
      ],
      failing: [{ eventType: 'LOW_STOCK', attempts: 2, lastError: 'nacked' }],
    });
    expect((json as { oldestAgeSeconds: number }).oldestAgeSeconds).toBeGreaterThanOrEqual(60);
  });

  it('pages through what is parked, and puts one and all back', async () => {
    const ids = [
      await park('2026-01-01T00:00:00Z'),
      await park('2026-01-02T00:00:00Z'),
      await park('2026-01-02T00:00:00Z'),
    ];
    const first = (await world.call('/api/v1/outbox/parked?limit=2')).json as ParkedPage;
    const path = `/api/v1/outbox/parked?limit=2&cursor=${first.nextCursor}`;
    const second = (await world.call(path)).json as ParkedPage;
    const listed = [...first.items, ...second.items].map((item) => item.id);
    expect(second.nextCursor).toBeNull();
    expect([...listed].sort()).toEqual([...ids].sort());
    expect(listed[0]).toBe(ids[0]);

    const post = { method: 'POST', role: 'admin' } as const;
    const one = `/api/v1/outbox/parked/${ids[1]}/redrive`;
    expect((await world.call(one, post)).json).toEqual({ redriven: 1 });
    expect((await world.call(one, post)).status).toBe(404);
    expect((await world.call('/api/v1/outbox/parked/redrive', post)).json).toEqual({ redriven: 2 });
    expect(((await world.call('/api/v1/outbox/parked')).json as ParkedPage).items).toEqual([]);
    const pending = await world.query('SELECT event_id FROM outbox_messages WHERE partition = 3');
    expect(pending.map((row) => row['event_id']).sort()).toEqual([...ids].sort());
  });
});
