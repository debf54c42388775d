import { connect } from 'amqplib';
import pino from 'pino';
import { createAmqpConnection } from '../connection/create-amqp-connection';
import { createBatchConsumer } from './create-batch-consumer';
import { createDeadLetterPublisher } from '../dead-letter/create-dead-letter-publisher';
import { declareUpdatesQueue, declareUpdatesDeadLetters } from '../topology/declare-updates-queue';
import { declareUpdatesPartitions } from '../topology/declare-updates-partitions';
import { declareEventsTopology } from '../topology/declare-events-topology';
import { topology } from '@inventory-events/contracts';

const vhost = 'e-scratch';
const url = `${process.env.AMQP_URL}/${vhost}`;
async function mgmt(method: string, path: string) {
  const u = new URL(process.env.AMQP_MANAGEMENT_URL as string);
  const res = await fetch(`${u.origin}/api${path}`, { method, headers: { 'content-type': 'application/json', authorization: 'Basic ' + Buffer.from(`${u.username}:${u.password}`).toString('base64') } });
  if (!res.ok && res.status !== 404) throw new Error(`${method} ${path} ${res.status} ${await res.text()}`);
}
const until = async (f: () => boolean | Promise<boolean>, ms = 10000) => { const t = Date.now(); while (!(await f())) { if (Date.now() - t > ms) throw new Error('timeout'); await new Promise(r => setTimeout(r, 20)); } };
beforeAll(async () => { await mgmt('DELETE', `/vhosts/${vhost}`); await mgmt('PUT', `/vhosts/${vhost}`); });

it('flows', async () => {
  const logger = pino({ level: 'debug' }, pino.destination({ sync: true }));
  const consuming = createAmqpConnection({ url, name: 'c', logger });
  const publishing = createAmqpConnection({ url, name: 'p', logger });
  consuming.start(); publishing.start();
  await until(() => consuming.isConnected() && publishing.isConnected());
  const ctx = { connection: consuming, logger, deliveryLimit: 3 };
  await declareEventsTopology(ctx);
  console.log(await declareUpdatesPartitions({ ...ctx, connect: { url, name: 'x' } }, 4));
  console.log(await declareUpdatesPartitions({ ...ctx, connect: { url, name: 'x' } }, 2));
  const deadLetters = createDeadLetterPublisher({ connection: publishing, exchange: topology.exchanges.deadLetters, routingKey: topology.deadLetterKeys.updates, logger, declare: () => declareUpdatesDeadLetters({ connection: publishing, logger }) });
  deadLetters.start();
  const seen: string[] = []; const sizes: number[] = [];
  const consumer = createBatchConsumer<string>({ connection: consuming, queue: 'inventory.updates', logger, prefetch: 1000, batchSize: 500, maxAttempts: 3, deliveryLimit: 3, deadLetters,
    declare: () => declareUpdatesQueue(ctx, 'inventory.updates'),
    decode: (m) => m.content.toString(),
    handle: async (b) => { sizes.push(b.length); if (b.includes('bad')) throw new Error('what'); seen.push(...b); return b.map(() => undefined); } });
  consumer.start();
  await until(() => consumer.state() === 'consuming');
  const raw = await connect(url); const ch = await raw.createConfirmChannel();
  for (let i = 0; i < 3000; i++) ch.publish('', 'inventory.updates', Buffer.from(i === 1500 ? 'bad' : String(i)), { headers: { CC: ['other'], 'x-death': 'forged', weird: { '!': 'evil', value: 1 } }, expiration: '60000', userId: 'inventory' });
  await ch.waitForConfirms();
  await until(() => seen.length === 2999);
  expect(seen).toEqual(Array.from({ length: 3000 }, (_, i) => String(i)).filter((_, i) => i !== 1500));
  console.log(sizes.join(' '));
  await until(async () => (await ch.checkQueue('inventory.updates.dlq')).messageCount === 1);
  console.log(JSON.stringify((await ch.get('inventory.updates.dlq')), null, 1));
  // different args
  await ch.assertQueue('plain', { durable: true });
  await declareUpdatesQueue(ctx, 'plain');
  const t = Date.now();
  let n = 0;
  for (let i = 0; i < 60000; i++) ch.publish('', 'inventory.updates', Buffer.from(String(i)));
  await ch.waitForConfirms();
  console.log('published', Date.now() - t);
  await until(() => seen.length === 62999, 30000);
  console.log('consumed', Date.now() - t, sizes.slice(-20).join(' '));
  await consumer.cancel(); await consumer.drain(); await consumer.close(); await deadLetters.close();
  await consuming.close(); await publishing.close(); await raw.close();
}, 60000);
