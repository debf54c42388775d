import {
  createTcpProxy,
  createTestVhost,
  type TestVhost,
  waitUntil,
} from '@inventory-events/testing';
import type { Channel } from 'amqplib';
import { pino } from 'pino';
import type { AmqpConnection } from './amqp-connection';
import { createAmqpConnection } from './create-amqp-connection';

const logger = pino({ level: 'silent' });

describe('createAmqpConnection', () => {
  let vhost: TestVhost;
  const opened: AmqpConnection[] = [];

  beforeAll(async () => {
    vhost = await createTestVhost();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });
  afterAll(() => vhost.remove());

  function create(url = vhost.url): AmqpConnection {
    const connection = createAmqpConnection({ url, name: 'test', logger });
    opened.push(connection);
    return connection;
  }

  /** A managed channel that records every channel it was set up on. */
  function openRecorded(connection: AmqpConnection) {
    const channels: Channel[] = [];
    let losses = 0;
    const managed = connection.openChannel({
      name: 'recorded',
      async setup(channel) {
        channels.push(channel);
      },
      onLost: () => (losses += 1),
    });
    return { managed, channels, losses: () => losses };
  }

  it('sets channels up again after the broker closed the connection', async () => {
    const connection = create();
    const { managed, channels, losses } = openRecorded(connection);
    connection.start();
    await waitUntil(() => managed.isOpen());
    await vhost.closeConnections('test');
    await waitUntil(() => channels.length === 2 && managed.isOpen());
    expect(losses()).toBe(1);
    expect(connection.isConnected()).toBe(true);
  });

  it.each([
    ['404', (channel: Channel) => void channel.publish('not-there', '', Buffer.from('x'))],
    ['406', (channel: Channel) => channel.ack({ fields: { deliveryTag: 99 } } as never)],
  ])('opens another channel after a %s closed this one alone', async (_, fault) => {
    const connection = create();
    const faulted = openRecorded(connection);
    const other = openRecorded(connection);
    connection.start();
    await waitUntil(() => faulted.managed.isOpen() && other.managed.isOpen());
    fault(faulted.channels[0] as Channel);
    await waitUntil(() => faulted.channels.length === 2 && faulted.managed.isOpen());
    expect(faulted.losses()).toBe(1);
    expect(other.channels).toHaveLength(1);
  });

  it('tries again when the setup fails', async () => {
    const connection = create();
    let attempts = 0;
    const managed = connection.openChannel({
      name: 'flaky',
      async setup(channel) {
        attempts += 1;
        if (attempts < 3) await channel.checkQueue('not-there');
      },
    });
    connection.start();
    await waitUntil(() => managed.isOpen());
    expect(attempts).toBe(3);
  });

  it('starts without a broker and finds it when it comes', async () => {
    const proxy = await createTcpProxy({ target: vhost.url });
    await proxy.refuse();
    const connection = create(proxy.through(vhost.url));
    const { managed } = openRecorded(connection);
    connection.start();
    await expect(connection.useChannel(async () => 1)).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
    });
    await proxy.accept();
    await waitUntil(() => managed.isOpen());
    await connection.close();
    await proxy.close();
  });

  it('hands a fault of a throwaway channel to its user alone', async () => {
    const connection = create();
    const { channels } = openRecorded(connection);
    connection.start();
    await waitUntil(() => connection.isConnected());
    const faulty = connection.useChannel((channel) => channel.checkQueue('not-there'));
    await expect(faulty).rejects.toMatchObject({ code: 404 });
    expect(await connection.useChannel(async () => 'fine')).toBe('fine');
    expect(channels).toHaveLength(1);
  });

  it('can be stopped before it was started, and twice', async () => {
    const connection = create();
    const { managed } = openRecorded(connection);
    await connection.close();
    await connection.close();
    connection.start();
    await managed.close();
    expect(connection.isConnected()).toBe(false);
  });
});
