import { waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { openWorld, type World } from './worker/open-world';
import { servedQueues } from './worker/read-metric';

const QUEUES = [
  'inventory.updates',
  'inventory.updates.0',
  'inventory.updates.1',
  'inventory.updates.2',
  'inventory.updates.3',
];

describe('partitions', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  function updates(count: number) {
    return Array.from({ length: count }, () => {
      const productId = randomUUID();
      const body = { eventId: randomUUID(), productId, newQuantity: 3 };
      return { exchange: 'inventory.updates', routingKey: productId, body };
    });
  }

  const applied = async () => (await world.outcomes()).size;

  it('are shared evenly, and taken over in seconds from a killed worker', async () => {
    const first = await world.startWorker();
    await waitUntil(async () => (await servedQueues(first.url)).length === 5);
    const second = await world.startWorker();
    await waitUntil(
      async () => {
        const [one, two] = await Promise.all([servedQueues(first.url), servedQueues(second.url)]);
        expect([one.length, two.length].sort()).toEqual([2, 3]);
        expect([...one, ...two].sort()).toEqual(QUEUES);
        return true;
      },
      { message: 'an even share' },
    );
    await world.broker.publish(updates(400));
    await waitUntil(async () => (await applied()) === 400);

    await second.kill();
    const killedAt = performance.now();
    await world.broker.publish(updates(400));
    await waitUntil(async () => (await applied()) === 800);
    expect(performance.now() - killedAt).toBeLessThan(8_000);
    await waitUntil(async () => (await servedQueues(first.url)).length === 5);

    expect(await first.stop()).toBe(0);
    for (const queue of QUEUES) expect(await world.broker.count(queue)).toBe(0);
  }, 60_000);

  it('are off with 0, and the queue of that name is served all the same', async () => {
    const worker = await world.startWorker({ INGEST_PARTITIONS: '0' });
    await waitUntil(async () => (await servedQueues(worker.url)).length === 1);
    const body = { eventId: randomUUID(), productId: randomUUID(), newQuantity: 3 };
    await world.broker.publish([{ body }]);
    await waitUntil(async () => (await world.outcomes()).get(body.eventId) === 'applied');
    expect(await worker.stop()).toBe(0);
  });

  it('serves a queue that exists with other arguments, and warns of the difference', async () => {
    await world.broker.channel.deleteQueue('inventory.updates');
    await world.broker.channel.assertQueue('inventory.updates', { durable: true });
    const worker = await world.startWorker({ INGEST_PARTITIONS: '0' });
    const body = { eventId: randomUUID(), productId: randomUUID(), newQuantity: 3 };
    await world.broker.publish([{ body }]);
    await waitUntil(async () => (await world.outcomes()).get(body.eventId) === 'applied');
    const warning = worker.logLines().find((line) => line['name'] === 'inventory.updates');
    expect(warning).toMatchObject({
      level: 'warn',
      difference: { argument: expect.stringMatching(/^x-/), found: 'nothing' },
    });
    expect(await worker.stop()).toBe(0);
  });
});
