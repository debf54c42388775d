import { createTestVhost, waitUntil, type TestVhost } from '@inventory-events/testing';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { pino } from 'pino';
import { createAmqpConnection } from '../connection/create-amqp-connection';
import type { ConfirmPublisher, OutgoingMessage, PublishOutcome } from './confirm-publisher';
import { createConfirmPublisher } from './create-confirm-publisher';

const logger = pino({ level: 'silent' });

describe('createConfirmPublisher', () => {
  let vhost: TestVhost;
  let admin: ChannelModel;
  let channel: Channel;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    vhost = await createTestVhost();
    admin = await connect(vhost.url);
    channel = await admin.createChannel();
    await channel.assertExchange('events', 'topic', { durable: true });
    await channel.assertQueue('all', { durable: true });
    await channel.bindQueue('all', 'events', 'a.#');
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    await channel.purgeQueue('all');
  });
  afterAll(async () => {
    await admin.close();
    await vhost.remove();
  });

  async function open(maxInFlight = 100): Promise<ConfirmPublisher> {
    const connection = createAmqpConnection({ url: vhost.url, name: 'publisher', logger });
    const publisher = createConfirmPublisher({
      connection,
      name: 'events',
      maxInFlight,
      declare: async () => undefined,
      onWritable: () => undefined,
    });
    connection.start();
    publisher.start();
    closers.push(
      () => connection.close(),
      () => publisher.close(),
    );
    await waitUntil(() => publisher.isWritable());
    return publisher;
  }

  const message = (
    messageId: string,
    overrides: Partial<OutgoingMessage> = {},
  ): OutgoingMessage => ({
    exchange: 'events',
    routingKey: 'a.b',
    content: Buffer.from(messageId),
    properties: { messageId, mandatory: true, persistent: true },
    ...overrides,
  });

  function publishAll(publisher: ConfirmPublisher, messages: readonly OutgoingMessage[]) {
    return Promise.all(
      messages.map(
        (each) =>
          new Promise<PublishOutcome>((resolve) =>
            publisher.publish(each, (outcome) => resolve(outcome)),
          ),
      ),
    );
  }

  it('tells confirmed from returned, though the broker confirms both', async () => {
    const publisher = await open();
    const outcomes = await publishAll(publisher, [
      message('1'),
      message('2', { routingKey: 'nobody' }),
      message('3'),
    ]);
    expect(outcomes).toEqual(['confirmed', 'returned', 'confirmed']);
    expect(publisher.inFlight()).toBe(0);
    expect((await channel.checkQueue('all')).messageCount).toBe(2);
  });

  it('reports what a full queue rejects as nacked', async () => {
    await channel.assertQueue('full', {
      durable: true,
      arguments: { 'x-max-length': 2, 'x-overflow': 'reject-publish' },
    });
    await channel.bindQueue('full', 'events', 'full');
    const publisher = await open();
    const outcomes: PublishOutcome[] = [];
    for (const id of ['1', '2', '3', '4']) {
      outcomes.push(...(await publishAll(publisher, [message(id, { routingKey: 'full' })])));
    }
    expect(outcomes.at(-1)).toBe('nacked');
    expect(outcomes[0]).toBe('confirmed');
  });

  it('refuses what the encoder cannot write, and goes on', async () => {
    const publisher = await open();
    const outcomes = await publishAll(publisher, [
      message('1', { routingKey: 'x'.repeat(300) }),
      message('2'),
    ]);
    expect(outcomes).toEqual(['refused', 'confirmed']);
  });

  it('finds the one message that makes the broker close the channel', async () => {
    const publisher = await open();
    const poison = message('poison', {
      properties: { messageId: 'poison', mandatory: true, persistent: true, expiration: 'never' },
    });
    const waiting = [message('1'), poison, message('2'), message('3')];
    const outcomes = new Map<string, PublishOutcome>();
    const attempts: string[] = [];
    await waitUntil(() => {
      while (waiting.length > 0 && publisher.isWritable()) {
        const next = waiting.shift() as OutgoingMessage;
        attempts.push(next.properties.messageId);
        publisher.publish(next, (outcome) => {
          if (outcome === 'unknown') waiting.push(next);
          else outcomes.set(next.properties.messageId, outcome);
        });
      }
      return outcomes.size === 4;
    });
    expect(Object.fromEntries(outcomes)).toEqual({
      '1': 'confirmed',
      '2': 'confirmed',
      '3': 'confirmed',
      poison: 'refused',
    });
  });

  it('gives everything in flight back as unknown when the connection is cut, and reconnects', async () => {
    const publisher = await open(10_000);
    const outcomes: PublishOutcome[] = [];
    let published = 0;
    let cut: Promise<unknown> | undefined;
    await waitUntil(
      () => {
        while (
          publisher.isWritable() &&
          publisher.inFlight() < 500 &&
          !outcomes.includes('unknown')
        ) {
          published += 1;
          publisher.publish(message(String(published)), (outcome) => outcomes.push(outcome));
        }
        cut ??= vhost.closeConnections('publisher');
        return outcomes.includes('unknown');
      },
      { intervalMs: 1, timeoutMs: 25_000 },
    );
    await cut;
    await waitUntil(() => outcomes.length === published);
    await waitUntil(() => publisher.isWritable());
    expect(await publishAll(publisher, [message('after')])).toEqual(['confirmed']);
  });

  it('is not writable above the limit in flight', async () => {
    const publisher = await open(2);
    const settled = publishAll(publisher, [message('1'), message('2')]);
    expect(publisher.isWritable()).toBe(false);
    expect(publisher.isReady()).toBe(true);
    await settled;
    expect(publisher.isWritable()).toBe(true);
  });
});
