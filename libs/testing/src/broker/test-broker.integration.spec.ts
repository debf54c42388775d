import { connect } from 'amqplib';
import { createEventObserver, type EventObserver } from './create-event-observer';
import { createTestVhost, type TestVhost } from './create-test-vhost';
import { managementRequest } from './management-request';

describe('a virtual host of its own', () => {
  let vhost: TestVhost;
  let observer: EventObserver | undefined;

  beforeAll(async () => {
    vhost = await createTestVhost();
  });
  afterAll(async () => {
    await observer?.close();
    await vhost.remove();
  });

  it('is observed with headers, across a forced close of its connections', async () => {
    const publisher = await connect(vhost.url);
    publisher.on('error', () => undefined);
    const channel = await publisher.createConfirmChannel();
    await channel.assertExchange('things', 'topic');
    observer = await createEventObserver({ amqpUrl: vhost.url, exchange: 'things' });
    const publish = async (on: typeof channel, n: number) => {
      const options = { messageId: `m${n}`, type: 'Thing', headers: { 'x-sequence': n } };
      on.publish('things', 'a.b', Buffer.from(JSON.stringify({ n })), options);
      await on.waitForConfirms();
    };
    await publish(channel, 1);
    await observer.waitForCount(1);

    await expect(vhost.closeConnections()).resolves.toBeGreaterThanOrEqual(1);
    const again = await connect(vhost.url);
    await publish(await again.createConfirmChannel(), 2);
    const messages = await observer.waitForCount(2);
    expect(messages.map(({ body }) => body)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(messages[0]).toMatchObject({
      messageId: 'm1',
      type: 'Thing',
      routingKey: 'a.b',
      headers: { 'x-sequence': 1 },
    });
    await again.close();
    await publisher.close().catch(() => undefined); // closed by the broker if it was quick to list it
  });

  it('is gone after its removal', async () => {
    const other = await createTestVhost();
    await other.remove();
    await expect(managementRequest('GET', `vhosts/${other.name}`)).rejects.toThrow('404');
  });
});
