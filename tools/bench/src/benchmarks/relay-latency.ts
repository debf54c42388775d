import { topology } from '@inventory-events/contracts';
import { startApp } from '@inventory-events/testing';
import { Logger, makeWorkerUtils } from 'graphile-worker';
import { once } from 'node:events';
import { appEnvironment } from '../environment/app-environment';
import { type BenchEnvironment, createBenchEnvironment } from '../environment/bench-environment';
import { connectBroker } from '../environment/broker';
import { declareEventsQueue } from '../environment/declare-events-queue';
import { startChild } from '../environment/start-child';
import { type EventMessage, eventMessage } from '../load/event-message';
import { paced } from '../load/paced';
import { scaled } from '../load/scaled';
import { createStopwatch, type Stopwatch } from '../measure/stopwatch';
import type { Figure } from '../report/figure';

const PER_SECOND = 200;
const SECONDS = 30;
const WARM_UP = 400;

type Store = (environment: BenchEnvironment, event: EventMessage) => Promise<unknown>;

/** From the statement that commits an event to the moment it is in a consumer's hands. */
export async function relayLatency(): Promise<Figure[]> {
  const relay = await withEnvironment(async (environment) => {
    const app = await startApp({ app: 'outbox-relay', env: appEnvironment(environment) });
    try {
      return await measure(environment, storeInOutbox);
    } finally {
      await app.stop();
    }
  });
  const graphile = await withEnvironment(async (environment) => {
    const { databaseUrl, amqpUrl } = environment;
    const utils = await makeWorkerUtils({
      connectionString: databaseUrl,
      logger: new Logger(() => () => undefined),
    });
    await utils.migrate();
    await utils.release();
    const exchange = topology.exchanges.events;
    const worker = startChild('graphile-publisher', { amqpUrl, databaseUrl, exchange });
    await once(worker.process, 'message');
    try {
      return await measure(environment, storeAsJob);
    } finally {
      await worker.kill();
    }
  });
  return [figure('p50', 0.5, relay, graphile), figure('p99', 0.99, relay, graphile)];
}

async function withEnvironment<T>(work: (environment: BenchEnvironment) => Promise<T>): Promise<T> {
  const environment = await createBenchEnvironment();
  try {
    const broker = await connectBroker(environment.amqpUrl);
    await declareEventsQueue(broker);
    await broker.close();
    return await work(environment);
  } finally {
    await environment.close();
  }
}

async function measure(environment: BenchEnvironment, store: Store): Promise<Stopwatch> {
  const stopwatch = createStopwatch();
  const broker = await connectBroker(environment.amqpUrl);
  const queue = await declareEventsQueue(broker);
  const onMessage = (id: unknown) => stopwatch.stop(String(id));
  await broker.channel.consume(
    queue,
    (message) => void (message && onMessage(message.properties.messageId)),
    { noAck: true },
  );
  const failures: unknown[] = [];
  const events = Array.from({ length: WARM_UP + scaled(PER_SECOND * SECONDS) }, (_, index) =>
    eventMessage(index),
  );
  await paced(events, PER_SECOND, (event, index) => {
    if (index >= WARM_UP) stopwatch.start(event.eventId);
    store(environment, event).catch((error: unknown) => failures.push(error));
  });
  await stopwatch.allStopped(30_000);
  await broker.close();
  if (failures.length > 0) throw new Error('events could not be stored', { cause: failures[0] });
  return stopwatch;
}

const storeInOutbox: Store = ({ pool }, event) =>
  pool.query({
    name: 'store-in-outbox',
    text: `WITH stored AS (
        INSERT INTO outbox_messages
          (partition, item_id, event_id, event_type, sequence, routing_key, correlation_id, payload)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8))
      SELECT pg_notify('outbox', '')`,
    values: [
      event.itemNumber % 64,
      event.itemId,
      event.eventId,
      event.eventType,
      event.sequence,
      event.routingKey,
      event.properties.correlationId,
      event.body,
    ],
  });

const storeAsJob: Store = ({ pool }, { routingKey, body, eventId }) =>
  pool.query({
    name: 'store-as-job',
    text: `SELECT graphile_worker.add_job('publish', $1::json)`,
    values: [JSON.stringify({ routingKey, body, eventId })],
  });

function figure(name: string, q: number, relay: Stopwatch, graphile: Stopwatch): Figure {
  const value = relay.quantile(q);
  const baseline = { what: 'graphile-worker', value: graphile.quantile(q), unit: 'ms' };
  return {
    benchmark: 'relay-latency',
    what: `commit to event received, 200/s, ${name}`,
    value,
    unit: 'ms',
    baseline,
    ratio: value / baseline.value,
    must: { atMost: 1.5 },
    aim: { atMost: 0.8 },
  };
}
