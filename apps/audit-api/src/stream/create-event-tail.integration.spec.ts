import type { Snapshot } from '@inventory-events/data-access';
import { createLogger } from '@inventory-events/service-runtime';
import {
  createTcpProxy,
  createTestDatabase,
  waitUntil,
  withClient,
  type TestDatabase,
} from '@inventory-events/testing';
import { createEventTail, type TailBatch } from './create-event-tail';

const logger = createLogger({ name: 'test', level: 'silent' });

describe('createEventTail', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const createTail = (connectionString = database.url, pollIntervalMs = 50) =>
    createEventTail({ connectionString, pollIntervalMs, logger });
  const insert = () =>
    withClient(database.url, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO inventory_events (id, product_id, item_id, event_type, sequence, cause,
           correlation_id, data)
         VALUES (overlay(uuid_v7_floor(now())::text
             placing substr(md5(random()::text), 1, 12) from 25)::uuid,
           gen_random_uuid(), gen_random_uuid(), 'LOW_STOCK', 1, 'observe', 'c', '{}')
         RETURNING id`,
      );
      return rows[0]?.id ?? '';
    });

  function collector() {
    const ids: string[] = [];
    const deliver = ({ events }: TailBatch) => void ids.push(...events.map((event) => event.id));
    return { ids, deliver };
  }

  it('reads only while somebody listens', async () => {
    const tail = createTail();
    await tail.start();
    const before = collector();
    await insert();
    await tail.join(before.deliver);
    const first = await insert();
    await waitUntil(() => before.ids.includes(first));
    tail.leave(before.deliver);
    const unheard = await insert();
    const after = collector();
    await tail.join(after.deliver);
    const second = await insert();
    await waitUntil(() => after.ids.includes(second));
    expect(before.ids).toEqual([first]);
    expect(after.ids).not.toContain(unheard);
    await tail.close?.();
  });

  it('goes on from its snapshot after an outage', async () => {
    const proxy = await createTcpProxy({ target: database.url });
    const tail = createTail(proxy.through(database.url));
    await tail.start();
    const { ids, deliver } = collector();
    await tail.join(deliver);
    const first = await insert();
    await waitUntil(() => ids.includes(first));
    await proxy.refuse();
    const missed = [await insert(), await insert()];
    await proxy.accept();
    await waitUntil(() => missed.every((id) => ids.includes(id)));
    await tail.close?.();
    await proxy.close();
  });

  it('tells who waits when it stops, and who leaves before joining', async () => {
    const tail = createTail('postgresql://127.0.0.1:1/none');
    await tail.start();
    const waiting = collector();
    const joining = tail.join(waiting.deliver);
    const leaving = collector();
    const left = tail.join(leaving.deliver);
    const leftRejects = expect(left).rejects.toThrow('left before');
    tail.leave(leaving.deliver);
    await leftRejects;
    const rejects = expect(joining).rejects.toThrow('stopped');
    await tail.stopIntake?.();
    await rejects;
    await expect(tail.join(waiting.deliver)).rejects.toThrow('stopped');
    await tail.close?.();
  });

  it('starts and stops in any order, again and again', async () => {
    for (let round = 0; round < 30; round += 1) {
      const tail = createTail(database.url, 50);
      const joined: Promise<Snapshot | void>[] = [];
      if (round % 2 === 0) await tail.start();
      if (round % 3 === 0) joined.push(tail.join(collector().deliver).catch(() => undefined));
      if (round % 5 === 0) await Promise.all(joined);
      if (round % 4 === 0) await tail.stopIntake?.();
      await Promise.all([tail.close?.(), tail.close?.()]);
      await Promise.all(joined);
      await tail.close?.();
    }
  });
});
