import { createBenchEnvironment } from './environment/bench-environment';
import { connectBroker } from './environment/broker';
import { declareEventsQueue } from './environment/declare-events-queue';
import { startChild } from './environment/start-child';
import { arrivalRate } from './measure/arrival-rate';
import { topology } from '@inventory-events/contracts';
async function main() {
  const env = await createBenchEnvironment();
  const broker = await connectBroker(env.amqpUrl);
  const queue = await declareEventsQueue(broker);
  for (const outstanding of [1000, 256, 5000, 1000, 2000, 100, 256]) {
    await broker.channel.purgeQueue(queue);
    const child = startChild('raw-publisher', {
      amqpUrl: env.amqpUrl,
      exchange: topology.exchanges.events,
      count: 60000,
      outstanding,
    });
    const rate = await arrivalRate(broker, queue, 60000);
    await child.exited;
    console.log(outstanding, Math.round(rate));
  }
  await broker.close();
  await env.close();
}
void main();
