import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Heal } from '../faults/heal';
import { inflictFault } from '../faults/inflict-fault';
import { sendLoad } from '../load/send-load';
import type { ChaosPlan, TimedFault } from '../plan/chaos-plan';
import type { Stage } from '../stage/open-stage';
import { createRestOrders } from '../../outages/load/create-rest-orders';
import { createRandom } from '../../workload/random';
import type { ChaosLoad } from '../load/create-chaos-load';

/** After the last fault. */
const LAST_ANSWER_MS = 20_000;

/**
 * Sends the load and breaks things at their times. When it resolves, everything is sent and
 * everything is mended; the product has to do the rest by itself. Says what was wrong with the
 * answers of the API.
 */
export async function playPlan(
  stage: Stage,
  { faults, perSecond }: ChaosPlan,
  { stream, restItem: item, restSeed }: ChaosLoad,
): Promise<readonly string[]> {
  const abort = new AbortController();
  const { signal } = abort;
  setMaxListeners(0, signal); // every fault that is to come waits for it
  const startedAt = performance.now();
  const heals: Heal[] = [];

  async function inflict({ fault, atMs, forMs }: TimedFault): Promise<void> {
    await delay(Math.max(0, startedAt + atMs - performance.now()), undefined, { signal });
    const heal = await inflictFault(stage, fault);
    heals.push(heal);
    await delay(forMs, undefined, { signal });
    await heal();
  }

  const { sender } = stage.world;
  const { url } = stage.replica('inventory-api', 0).process;
  const orders = createRestOrders({ url, item, random: createRandom(restSeed), note: sender.note });
  orders.start();
  try {
    const sending = sendLoad(sender, stream, { perSecond, signal });
    await Promise.all([sending, ...faults.map(inflict)]);
    const isAnswered = await orders.stop(LAST_ANSWER_MS);
    return isAnswered ? orders.oddities : [...orders.oddities, 'the last order was not answered'];
  } catch (error) {
    abort.abort();
    await orders.stop(0);
    await Promise.all(heals.map((heal) => heal()));
    throw error;
  }
}
