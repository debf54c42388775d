import { waitUntil } from '@inventory-events/testing';
import type { AbuseContext } from '../abuse-case';
import type { AbuseRecord } from '../abuse-record';
import { judgeGrowth } from '../world/judge-growth';
import type { Target } from '../world/open-abuse-world';
import { type Resources, sampleResources } from '../world/sample-resources';
import { bodyLimits } from './body-limits';
import { forgedTokens } from './forged-tokens';
import { fuzzApi } from './fuzz-api';
import { fuzzCalls } from './grpc/fuzz-calls';
import { grpcTricks } from './grpc/grpc-tricks';
import { http2Floods } from './grpc/http2-floods';
import { hurriedCalls } from './grpc/hurried-calls';
import { rawTricks } from './raw-tricks';
import { unreadAnswers } from './unread-answers';

/** What the APIs keep of connections that are over is gone by then, their pools' included. */
const SETTLE_TIMEOUT_MS = 150_000;
const SETTLE_INTERVAL_MS = 1_000;
const RUNS = 100;
const COUNT = 100;
const WARM_UP_ROUNDS = 2;
/** After each the heaps are noted: what leaks grows from one to the next. */
const PARTS = 5;

/** All of it at once, again and again; then everything has to be as it was before. */
export async function sustainedAbuse(context: AbuseContext, record: AbuseRecord): Promise<void> {
  const { world, seconds } = context;
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await playRound(context, round, record);
  const before = await Promise.all(world.targets.map((target) => settle(target)));
  let round = WARM_UP_ROUNDS;
  for (let part = 0; part < PARTS; part += 1) {
    const endsAt = performance.now() + (seconds * 1_000) / PARTS;
    for (; performance.now() < endsAt; round += 1) await playRound(context, round, record);
    const heaps = await Promise.all(world.targets.map(sampleResources));
    record.note(`heaps ${heaps.map(({ heapBytes }) => toMb(heapBytes)).join(' and ')} MB`);
  }
  for (const [index, target] of world.targets.entries()) {
    const first = before[index] as Resources;
    const last = await settle(target, first).catch(() => sampleResources(target));
    record.note(`${target.name}: ${describe(first)} → ${describe(last)}`);
    const growth = judgeGrowth(first, last);
    if (growth !== undefined) record.find('grown', target.name, growth);
  }
}

async function playRound(
  { world, knownIds, seed }: AbuseContext,
  round: number,
  record: AbuseRecord,
): Promise<void> {
  const fuzz = { seed: seed + round, runs: RUNS, knownIds };
  await Promise.all([
    ...world.targets.map((target) => fuzzApi(world, target, record, fuzz)),
    ...world.targets.map((target) => rawTricks(world, target, record)),
    fuzzCalls(world, record, fuzz),
    grpcTricks(world, record),
    forgedTokens(world, record),
  ]);
  await Promise.all([
    bodyLimits(world, record),
    unreadAnswers(world, record, { count: 5 }),
    http2Floods(world, record, { count: COUNT }),
    hurriedCalls(world, record, { count: COUNT }),
  ]);
}

/** Idle: until it holds no more than before, or nothing changes any more. */
async function settle(target: Target, before?: Resources): Promise<Resources> {
  let previous: Resources | undefined;
  return waitUntil(
    async () => {
      const last = previous;
      previous = await sampleResources(target);
      if (before !== undefined) return judgeGrowth(before, previous) === undefined && previous;
      const isStill = last?.openFiles === previous.openFiles && last.handles === previous.handles;
      return isStill && previous;
    },
    { timeoutMs: SETTLE_TIMEOUT_MS, intervalMs: SETTLE_INTERVAL_MS, message: 'an idle API' },
  );
}

function describe({ heapBytes, residentBytes, openFiles, handles }: Resources): string {
  const memory = `heap ${toMb(heapBytes)} MB, resident ${toMb(residentBytes)} MB`;
  return `${memory}, ${openFiles} files, ${handles} handles`;
}

function toMb(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
