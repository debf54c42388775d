import type { Broker } from '../environment/broker';
import { until } from './until';

/** Messages a second arriving in a queue that nobody reads, from the first seen to the last. */
export async function arrivalRate(broker: Broker, queue: string, count: number): Promise<number> {
  let depth = 0;
  const arrived = (wanted: number) => async () => {
    depth = await broker.depth(queue);
    return depth >= wanted;
  };
  const what = `${count} messages in ${queue}`;
  const startedAt = await until(arrived(1), { what, timeoutMs: 60_000, intervalMs: 10 });
  const atStart = depth;
  const endedAt = await until(arrived(count), { what, timeoutMs: 300_000, intervalMs: 10 });
  return ((count - atStart) / (endedAt - startedAt)) * 1000;
}
