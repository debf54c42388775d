import { topology } from '@inventory-events/contracts';
import { startApp } from '@inventory-events/testing';
import { appEnvironment } from '../environment/app-environment';
import { createBenchEnvironment } from '../environment/bench-environment';
import { connectBroker } from '../environment/broker';
import { declareEventsQueue } from '../environment/declare-events-queue';
import { scaled } from '../load/scaled';
import { updateBodies } from '../load/update-bodies';
import { createStopwatch } from '../measure/stopwatch';
import { paced } from '../load/paced';
import type { Figure } from '../report/figure';

const PER_SECOND = 500;
const WARM_UP = 1_000;

/** From the moment an update is published to the moment its first event is in a consumer's hands. */
export async function latency(): Promise<Figure[]> {
  const environment = await createBenchEnvironment();
  const env = { ...appEnvironment(environment), INGEST_PARTITIONS: '0' };
  const broker = await connectBroker(environment.amqpUrl);
  const apps = await Promise.all(
    ['ingest-worker', 'outbox-relay'].map((app) => startApp({ app, env })),
  );
  try {
    const queue = await declareEventsQueue(broker);
    const stopwatch = createStopwatch();
    await broker.channel.consume(
      queue,
      (message) => {
        if (message) stopwatch.stop(String(message.properties.correlationId));
      },
      { noAck: true },
    );
    const measured = scaled(PER_SECOND * 60);
    const bodies = updateBodies({ count: WARM_UP + measured, items: 2_000, skew: 'zipf' });
    const isBaseline = firstSights();
    await paced(bodies, PER_SECOND, (body, index) => {
      // The first sight of an item sets its baseline and has no event to wait for.
      const hasEvent = !isBaseline(body.productId);
      if (index >= WARM_UP && hasEvent) stopwatch.start(body.correlationId);
      const content = Buffer.from(JSON.stringify(body));
      const properties = { persistent: true, contentType: 'application/json' };
      broker.channel.sendToQueue(topology.queues.updates, content, properties);
    });
    await stopwatch.allStopped(30_000);
    return figures(stopwatch.quantile);
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
    await broker.close();
    await environment.close();
  }
}

function firstSights(): (productId: string) => boolean {
  const seen = new Set<string>();
  return (productId) => !seen.has(productId) && Boolean(seen.add(productId));
}

function figures(quantile: (q: number) => number): Figure[] {
  const what = 'update published to event received, 500/s';
  const common = { benchmark: 'latency', unit: 'ms' };
  return [
    {
      ...common,
      what: `${what}, p50`,
      value: quantile(0.5),
      must: { below: 15 },
      aim: { below: 5 },
    },
    { ...common, what: `${what}, p95`, value: quantile(0.95) },
    {
      ...common,
      what: `${what}, p99`,
      value: quantile(0.99),
      must: { below: 100 },
      aim: { below: 20 },
    },
  ];
}
