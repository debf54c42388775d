import { checkHistory } from '../checker/check-history';
import { countRepetitions } from '../checker/count-repetitions';
import type { Finding } from '../checker/finding';
import type { History, Recovery } from '../record/history';
import { createRandom } from '../workload/random';
import { collectHistory } from '../world/collect-history';
import { logsOf } from '../world/logs-of';
import { waitForRest } from '../world/wait-for-rest';
import { describeFelt } from './describe-felt';
import { disturb } from './disturb';
import { hasBitten } from './has-bitten';
import { createOutageLoad } from './load/outage-load';
import { createRestOrders, type RestOrders } from './load/create-rest-orders';
import type { Outage } from './outage';
import { openStage, type StageOptions } from './stage/open-stage';
import { startApps } from './stage/start-apps';

export interface OutageOutcome {
  readonly findings: readonly Finding[];
  readonly recoveries: readonly Recovery[];
  readonly repetitions: number;
  readonly deaths: number;
  /** What was seen of it, in words. */
  readonly seen: string;
  /** What is wrong beside the findings. */
  readonly problem: string | undefined;
  /** What the apps wrote. */
  readonly logs: string;
}

export type OutageRun = Omit<StageOptions, 'breaks'> & { readonly seed: number };

/** Breaks something under load, heals it, and asks the checker what became of the load. */
export async function playOutage(outage: Outage, run: OutageRun): Promise<OutageOutcome> {
  const { seed } = run;
  const stage = await openStage({ ...run, breaks: outage.breaks });
  const { world } = stage;
  let remove: (() => Promise<void>) | undefined;
  let isHealed = false;
  try {
    const disturbance = await outage.prepare(stage);
    remove = disturbance.remove;
    const { url } = await startApps(world, disturbance);
    const load = createOutageLoad(seed);
    const random = createRandom(seed + 2);
    const { note } = world.sender;
    const orders = createRestOrders({ url, item: load.restItem, random, note });
    await world.sender.send(load.opening);
    const before = await waitForRest(world);
    if (!before.isComplete) throw new Error('there was no rest before the outage');
    const felt = await disturb(outage, disturbance, { world, load, orders });
    isHealed = felt.recoveries.every(({ tookMs }) => Number.isFinite(tookMs));
    orders.start();
    await world.sender.send(load.finale);
    await orders.stop(outage.limitMs);
    const history = await collectHistory(world, await waitForRest(world), felt.recoveries);
    const told = disturbance.tell?.();
    return {
      findings: checkHistory(history),
      recoveries: felt.recoveries,
      repetitions: countRepetitions(history),
      deaths: felt.deaths,
      seen: describeFelt(felt, told),
      problem: problemOf(hasBitten(outage.bite, felt, told), orders, history),
      logs: logsOf(world),
    };
  } finally {
    await stage.close(isHealed);
    await remove?.();
  }
}

function problemOf(
  isFelt: boolean,
  { oddities }: RestOrders,
  { snapshot }: History,
): string | undefined {
  const problems = [
    ...(isFelt ? [] : ['nothing was felt of it']),
    ...(snapshot.parked.length > 0 ? [`${snapshot.parked.length} events were parked`] : []),
    ...new Set(oddities),
  ];
  return problems.length === 0 ? undefined : problems.join('; ');
}
