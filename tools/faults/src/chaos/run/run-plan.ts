import { setTimeout as delay } from 'node:timers/promises';
import type { BuiltApp } from '../../build/app-name';
import { checkHistory } from '../../checker/check-history';
import { countRepetitions } from '../../checker/count-repetitions';
import type { Finding } from '../../checker/finding';
import type { Recovery } from '../../record/history';
import type { Snapshot } from '../../record/snapshot';
import { collectHistory } from '../../world/collect-history';
import { logsOf } from '../../world/logs-of';
import { openWorld, type World } from '../../world/open-world';
import { AUTH_JWT_SECRET } from '../../outages/load/sign-operator-token';
import { type Rest, waitForRest } from '../../world/wait-for-rest';
import type { Footprint } from '../footprint/footprint';
import { judgeFootprint } from '../footprint/judge-footprint';
import { readFootprint } from '../footprint/read-footprint';
import { type ChaosLoad, createChaosLoad } from '../load/create-chaos-load';
import { type ChaosPlan, isLong } from '../plan/chaos-plan';
import { bindObserver } from '../stage/bind-observer';
import { BUILT_APPS } from '../plan/fault-templates';
import { openStage, type Stage } from '../stage/open-stage';
import type { ChaosOutcome } from './chaos-outcome';
import { playPlan } from './play-plan';

const PARTITIONS = 3;
/** Longer than anything waits for its next attempt. */
const REST = { stallMs: 25_000, deadlineMs: 120_000 } as const;
const REST_LIMIT_MS = 30_000;
/** Longer than a pool keeps a session that it doesn't need, and than the broker takes to count. */
const IDLE_MS = 40_000;

/** Plays a plan in a world of its own, lets it come to rest, and says what the checker found. */
export async function runPlan(
  plan: ChaosPlan,
  scripts: Readonly<Record<BuiltApp, string>>,
  onWorld: (world: World) => void = () => undefined,
): Promise<ChaosOutcome> {
  const world = await openWorld({ scripts, partitions: PARTITIONS, env: { AUTH_JWT_SECRET } });
  onWorld(world);
  let stage: Stage | undefined;
  try {
    stage = await openStage(world);
    return await runOnStage(stage, plan);
  } finally {
    await world.close();
    await stage?.close();
  }
}

async function runOnStage(stage: Stage, plan: ChaosPlan): Promise<ChaosOutcome> {
  const { world } = stage;
  const load = createChaosLoad(plan.seed, plan.operations);
  await warmUp(world, load);
  const before = await readIdleFootprint(world, isLong(plan));
  const deathsBefore = world.apps.map((app) => app.deaths());

  const oddities = await playPlan(stage, plan, load);
  const sentAt = performance.now();
  const rest = await waitForRest(world, REST);
  const restMs = rest.isComplete ? performance.now() - sentAt : undefined;

  const after = await readIdleFootprint(world, isLong(plan) && rest.isComplete);
  const lasting = world.apps
    .filter((app, at) => app.deaths() === deathsBefore[at])
    .map(({ label }) => label);
  const leaks = isLong(plan) ? findLeaks(before, after, lasting) : [];
  const deaths = world.apps.reduce((sum, app) => sum + app.deaths(), 0);
  const judged = await judgeHistory(world, rest, restMs);
  const logs = logsOf(world);
  return { ...judged, deaths, restMs, footprints: [before, after], leaks, oddities, logs };
}

/** An app of which no process lasted hides what it would have come to. */
function findLeaks(before: Footprint, after: Footprint, lasting: readonly string[]): string[] {
  const unknown = BUILT_APPS.filter((app) => !lasting.some((label) => label.startsWith(app)));
  return [
    ...judgeFootprint(before, after, lasting),
    ...unknown.map((app) => `memory of ${app}: none of its processes lasted`),
  ];
}

async function warmUp(world: World, { stock }: ChaosLoad): Promise<void> {
  await bindObserver(world);
  await world.sender.send(stock);
  const { isComplete, notReady } = await waitForRest(world, REST);
  if (!isComplete) throw new Error(`the stock was not taken in: ${notReady.join(', ')}`);
}

async function readIdleFootprint(world: World, waits: boolean): Promise<Footprint> {
  if (waits) await delay(IDLE_MS);
  return readFootprint(world);
}

async function judgeHistory(world: World, rest: Rest, restMs = Infinity) {
  const recovery: Recovery = { fault: 'chaos', tookMs: restMs, limitMs: REST_LIMIT_MS };
  const history = await collectHistory(world, rest, [recovery]);
  const { operations, snapshot } = history;
  return {
    history,
    findings: [...checkHistory(history), ...findParked(snapshot)],
    operations: operations.length,
    unknown: operations.filter(({ outcome }) => outcome === 'unknown').length,
    events: snapshot.events.length,
    repetitions: countRepetitions(history),
  };
}

/** No event of this load is one that can't be published. */
function findParked({ parked }: Snapshot): Finding[] {
  return parked.map(({ eventId, itemId, sequence }) => ({
    verdict: 'never published',
    subject: `event ${eventId}`,
    detail: `${sequence} of ${itemId} was set aside`,
  }));
}
