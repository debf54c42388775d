import { topology } from '@inventory-events/contracts';
import { createTestVhost, type TestVhost } from '@inventory-events/testing';
import { type ChannelModel, connect } from 'amqplib';
import { malformed, update } from '../checker/testing/sample-operations';
import { createOperationSender, type OperationSender } from './create-operation-sender';

const QUEUE = topology.queues.updates;

describe('createOperationSender', () => {
  let vhost: TestVhost;
  let admin: ChannelModel;
  let sender: OperationSender;

  beforeEach(async () => {
    vhost = await createTestVhost();
    admin = await connect(vhost.url);
    const channel = await admin.createChannel();
    await channel.assertQueue(QUEUE, { durable: true });
    sender = createOperationSender(vhost.url);
  });
  afterEach(async () => {
    await sender.close();
    await admin.close();
    await vhost.remove();
  });

  const outcomes = () =>
    sender.records.map(({ operation, outcome }) => `${operation.messageId} ${outcome}`);

  it('records what the broker confirmed and what it had no queue for', async () => {
    await sender.send([
      update('u1', 5, { routingKey: QUEUE }),
      { ...malformed('m1'), routingKey: 'nowhere' },
      update('u2', 6, { routingKey: QUEUE }),
    ]);
    expect(outcomes()).toEqual(['u1-sent ok', 'm1 failed', 'u2-sent ok']);
  });

  it('does not know what was under way when the channel broke, and goes on behind it', async () => {
    await sender.send([
      { ...update('u1', 5), exchange: 'there is no such exchange' },
      update('u2', 6, { routingKey: QUEUE }),
    ]);
    await sender.send([update('u3', 7, { routingKey: QUEUE })]);
    expect(outcomes()).toEqual(['u1-sent unknown', 'u2-sent unknown', 'u3-sent ok']);
  });
});
