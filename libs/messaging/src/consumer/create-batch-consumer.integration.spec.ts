import { AppError } from '@inventory-events/errors';
import {
  createTcpProxy,
  createTestVhost,
  type TcpProxy,
  type TestVhost,
  waitUntil,
} from '@inventory-events/testing';
import { type Channel, type ChannelModel, connect, type GetMessage } from 'amqplib';
import { pino } from 'pino';
import { createAmqpConnection } from '../connection/create-amqp-connection';
import { createDeadLetterPublisher } from '../dead-letter/create-dead-letter-publisher';
import { declareDeadLetters } from '../topology/declare-dead-letters';
import { declareIncomingQueue } from '../topology/declare-incoming-queue';
import type { BatchConsumer, BatchConsumerOptions } from './batch-consumer';
import { createBatchConsumer } from './create-batch-consumer';
import type { BatchVerdicts } from './run-batch';
import { SUSPECT_AFTER_DELIVERIES } from './step-size';
import type { SuspectRegister } from './suspect-register';

const logger = pino({ level: 'silent' });
const QUEUE = 'inventory.updates';
const DEAD_LETTERS = 'inventory.updates.dlq';
const MAX_CRASHES = 6;

describe('createBatchConsumer', () => {
  let vhost: TestVhost;
  let admin: ChannelModel;
  let broker: Channel;
  let proxy: TcpProxy;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    vhost = await createTestVhost();
    proxy = await createTcpProxy({ target: vhost.url });
  });
  beforeEach(async () => {
    admin = await connect(vhost.url);
    admin.on('error', () => undefined);
    broker = await admin.createConfirmChannel();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    await broker.deleteQueue(QUEUE);
    await broker.deleteQueue(DEAD_LETTERS);
    await admin.close();
  });
  afterAll(async () => {
    await proxy.close();
    await vhost.remove();
  });

  const attempts = new Map<string, number>();

  /** Outlives the workers, as a database does. */
  function suspectsInMemory(maxAttempts: number): SuspectRegister {
    return {
      maxAttempts,
      async begin(key) {
        const attempt = (attempts.get(key.toString('hex')) ?? 0) + 1;
        attempts.set(key.toString('hex'), attempt);
        return attempt;
      },
      async end(key) {
        attempts.delete(key.toString('hex'));
      },
    };
  }

  type Overrides = Partial<BatchConsumerOptions<string>>;

  /** A worker as far as the broker sees it: its connections can be dropped like a crash. */
  function openWorker(overrides: Overrides = {}) {
    const batches: string[][] = [];
    const url = proxy.through(vhost.url);
    const connection = createAmqpConnection({ url, name: 'consuming', logger });
    const publishing = createAmqpConnection({ url, name: 'publishing', logger });
    const context = { connection, logger };
    const deadLetters = createDeadLetterPublisher({
      connection: publishing,
      exchange: 'inventory.dlx',
      routingKey: QUEUE,
      logger,
      declare: () => declareDeadLetters({ connection: publishing, logger }, 'updates'),
    });
    const consumer = createBatchConsumer<string>({
      connection,
      queue: QUEUE,
      logger,
      prefetch: 1_000,
      batchSize: 100,
      maxAttempts: 3,
      suspects: suspectsInMemory(MAX_CRASHES - SUSPECT_AFTER_DELIVERIES),
      deadLetters,
      declare: () => declareIncomingQueue(context, 'updates', QUEUE),
      decode: (message) => message.content.toString(),
      handle: async (batch) => {
        batches.push([...batch]);
        return batch.map(() => undefined);
      },
      ...overrides,
    });
    const crash = async () => {
      proxy.cut();
      await Promise.all([connection.close(), publishing.close()]);
    };
    connection.start();
    publishing.start();
    deadLetters.start();
    consumer.start();
    closers.push(crash, () => consumer.close());
    return { consumer, batches, crash, connection };
  }

  const isConsuming = (consumer: BatchConsumer) =>
    waitUntil(() => consumer.state() === 'consuming');

  async function publish(bodies: readonly string[], headers = {}): Promise<void> {
    const channel = await admin.createConfirmChannel();
    for (const body of bodies) {
      channel.sendToQueue(QUEUE, Buffer.from(body), { persistent: true, headers });
    }
    await channel.waitForConfirms();
    await channel.close();
  }

  const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index));

  async function takeDeadLetters(count: number): Promise<GetMessage[]> {
    const taken: GetMessage[] = [];
    await waitUntil(async () => {
      const message = await broker.get(DEAD_LETTERS, { noAck: true });
      if (message) taken.push(message);
      return taken.length === count;
    });
    return taken;
  }

  const queued = async () => (await broker.checkQueue(QUEUE)).messageCount;

  it('hands everything over once and in order, in batches that grow under load', async () => {
    const { consumer, batches } = openWorker();
    await isConsuming(consumer);
    await publish(numbered(2_000));
    await waitUntil(() => batches.flat().length === 2_000);
    expect(batches.flat()).toEqual(numbered(2_000));
    expect(Math.max(...batches.map((batch) => batch.length))).toBeGreaterThan(1);
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(100);
    await consumer.cancel();
    await consumer.drain();
    await consumer.close();
    expect(await queued()).toBe(0);
  });

  it('dead-letters what cannot be decoded, and what the handler refuses, beside good ones', async () => {
    const good: string[] = [];
    const { consumer } = openWorker({
      decode(message) {
        const text = message.content.toString();
        if (text === 'broken') throw new AppError('MALFORMED_JSON', 'the body is not valid JSON');
        return text;
      },
      async handle(batch): Promise<BatchVerdicts> {
        good.push(...batch.filter((text) => text !== 'conflict'));
        return batch.map((text) =>
          text === 'conflict' ? new AppError('EVENT_ID_CONFLICT', 'other body') : undefined,
        );
      },
    });
    await isConsuming(consumer);
    await publish(['1', 'broken', '2', 'conflict', '3'], {
      CC: ['elsewhere'],
      'x-death': 'forged',
    });
    const dead = await takeDeadLetters(2);
    expect(dead.map(({ content }) => content.toString()).sort()).toEqual(['broken', 'conflict']);
    expect(dead.map(({ properties }) => properties.headers?.['x-error-code']).sort()).toEqual([
      'EVENT_ID_CONFLICT',
      'MALFORMED_JSON',
    ]);
    expect(dead[0]?.properties.headers).toMatchObject({
      'x-death': 'forged',
      'x-original-cc': ['elsewhere'],
    });
    expect(good).toEqual(['1', '2', '3']);
    await waitUntil(async () => (await queued()) === 0);
  });

  it('isolates a message that the database refuses', async () => {
    const good: string[] = [];
    const { consumer } = openWorker({
      async handle(batch) {
        if (batch.includes('42')) throw Object.assign(new Error('invalid byte'), { code: '22021' });
        good.push(...batch);
        return batch.map(() => undefined);
      },
    });
    await isConsuming(consumer);
    await publish(numbered(200));
    const [dead] = await takeDeadLetters(1);
    expect(dead?.content.toString()).toBe('42');
    await waitUntil(() => good.length === 199);
    expect(good).toEqual(numbered(200).filter((text) => text !== '42'));
  });

  it('holds a batch through an outage, says so, and spends no delivery', async () => {
    let away = true;
    const seen: string[] = [];
    const { consumer } = openWorker({
      async handle(batch) {
        if (away) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
        seen.push(...batch);
        return batch.map(() => undefined);
      },
    });
    await isConsuming(consumer);
    await publish(numbered(50));
    await waitUntil(() => consumer.state() === 'retrying');
    expect(consumer.lastError()?.message).toBe('refused');
    away = false;
    await waitUntil(() => seen.length === 50);
    expect(consumer.state()).toBe('consuming');
    expect(seen).toEqual(numbered(50));
  });

  it('acknowledges nothing on a new channel that came on an old one', async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const calls: string[][] = [];
    const { consumer } = openWorker({
      async handle(batch) {
        calls.push([...batch]);
        if (calls.length === 1) await held;
        return batch.map(() => undefined);
      },
    });
    await isConsuming(consumer);
    await publish(['1']);
    await waitUntil(() => calls.length === 1);
    await vhost.closeConnections('consuming');
    await waitUntil(() => consumer.state() === 'connecting');
    expect(calls).toHaveLength(1);
    release?.();
    await waitUntil(() => calls.length === 2);
    expect(calls[1]).toEqual(['1']);
    await waitUntil(async () => (await queued()) === 0);
    expect(consumer.state()).toBe('consuming');
  });

  it('dead-letters only the message that crashes the process, and keeps the order', async () => {
    const bodies = numbered(1_500).map((text) =>
      text === '150' || text === '160' ? 'poison' : text,
    );
    const applied: string[] = [];
    let crashes = 0;
    const first = openWorker();
    await isConsuming(first.consumer);
    await first.consumer.close();
    await publish(bodies);

    for (let isDone = false; !isDone;) {
      let crashed = false;
      const worker = openWorker({
        async handle(batch) {
          if (crashed || batch.includes('poison')) {
            // The process dies here: nothing is applied, acknowledged or given back.
            crashed = true;
            return new Promise<BatchVerdicts>(() => undefined);
          }
          applied.push(...batch);
          return batch.map(() => undefined);
        },
      });
      isDone = await waitUntil(async () => crashed || (applied.at(-1) === '1499' && 'done')).then(
        (ended) => ended === 'done',
      );
      if (crashed) crashes += 1;
      await worker.crash();
      // Each of the two: delivered beside others, once alone, and its attempts on record. A process
      // that dies with a dead letter confirmed and not acknowledged, or in a step before the other
      // poison's attempt is on record, costs another; there is no end to a loop that records none.
      expect(crashes).toBeLessThanOrEqual(4 * MAX_CRASHES);
    }
    const dead = await takeDeadLetters(2);
    expect(dead.map(({ content }) => content.toString())).toEqual(['poison', 'poison']);
    expect(dead[0]?.properties.headers).toMatchObject({ 'x-error-code': 'ATTEMPTS_EXHAUSTED' });
    // What was applied and not acknowledged comes again; its first time counts.
    expect([...new Set(applied)]).toEqual(bodies.filter((body) => body !== 'poison'));
    // A process that dies between a dead letter's confirm and its ack leaves it to be written again.
    const again = await takeDeadLetters((await broker.checkQueue(DEAD_LETTERS)).messageCount);
    expect(again.filter(({ content }) => content.toString() !== 'poison')).toEqual([]);
  }, 60_000);

  it('comes back when its queue was deleted', async () => {
    const { consumer, batches } = openWorker();
    await isConsuming(consumer);
    await broker.deleteQueue(QUEUE);
    await waitUntil(() => consumer.state() !== 'consuming');
    await isConsuming(consumer);
    await publish(['after']);
    await waitUntil(() => batches.flat().includes('after'));
  });

  it('holds a refused message while the dead-letter queue is gone, and declares it again', async () => {
    const { consumer } = openWorker({
      decode() {
        throw new AppError('INVALID_MESSAGE', 'no');
      },
    });
    await isConsuming(consumer);
    await broker.deleteQueue(DEAD_LETTERS);
    await publish(['refused']);
    await waitUntil(async () => {
      const probe = await admin.createChannel();
      probe.on('error', () => undefined);
      const { messageCount } = await probe.checkQueue(DEAD_LETTERS);
      await probe.close();
      return messageCount === 1;
    });
    expect((await takeDeadLetters(1))[0]?.content.toString()).toBe('refused');
  });

  it('takes nothing before it can process, and nothing after it was cancelled', async () => {
    let ready: (() => void) | undefined;
    const { consumer, batches } = openWorker({
      waitUntilReady: () => new Promise((resolve) => (ready = resolve)),
    });
    await waitUntil(() => ready);
    await publish(['1']);
    expect(batches).toEqual([]);
    ready?.();
    await waitUntil(() => batches.length === 1);
    await consumer.cancel();
    await consumer.drain();
    await publish(['2']);
    await consumer.close();
    await waitUntil(async () => (await queued()) === 1);
    expect(batches).toEqual([['1']]);
  });

  it('gives back what it cannot finish in time', async () => {
    const { consumer } = openWorker({
      handle: async () => Promise.reject(Object.assign(new Error('away'), { code: '57P03' })),
    });
    await isConsuming(consumer);
    await publish(['1']);
    await waitUntil(() => consumer.state() === 'retrying');
    await consumer.cancel();
    await consumer.drain(AbortSignal.abort());
    await consumer.close();
    await waitUntil(async () => (await queued()) === 1);
  });

  it('can be stopped before it was started, and twice', async () => {
    const connection = createAmqpConnection({ url: vhost.url, name: 'never', logger });
    const consumer = createBatchConsumer<string>({
      connection,
      queue: QUEUE,
      logger,
      prefetch: 1,
      batchSize: 1,
      maxAttempts: 1,
      suspects: suspectsInMemory(1),
      deadLetters: {
        start: () => undefined,
        publish: async () => undefined,
        close: async () => undefined,
      },
      decode: () => '',
      handle: async () => [],
    });
    for (let round = 0; round < 2; round += 1) {
      await consumer.cancel();
      await consumer.drain();
      await consumer.close();
    }
    consumer.start();
    expect(consumer.state()).toBe('stopped');
    await broker.assertQueue(QUEUE);
    await broker.assertQueue(DEAD_LETTERS);
  });

  it('keeps a consumer that waits for the queue behind what it has taken', async () => {
    const handled: string[] = [];
    let goOn = () => undefined as void;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    let hasBegun = false;
    const first = openWorker({
      handle: async (batch) => {
        hasBegun = true;
        await held;
        handled.push(...batch);
        return batch.map(() => undefined);
      },
    });
    await isConsuming(first.consumer);
    const second = openWorker({
      handle: async (batch) => {
        handled.push(...batch);
        return batch.map(() => undefined);
      },
    });
    await isConsuming(second.consumer);
    await publish(['0', '1']);
    await waitUntil(() => hasBegun);
    await first.consumer.cancel();
    await publish(['2', '3']);
    const overtaking = waitUntil(() => handled.length > 0, { timeoutMs: 500 });
    await expect(overtaking).rejects.toThrow('waited');
    goOn();
    await first.consumer.drain();
    await first.consumer.close();
    await waitUntil(() => handled.length === 4);
    expect(handled).toEqual(numbered(4));
  });
});
