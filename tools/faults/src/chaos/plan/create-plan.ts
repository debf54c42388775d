import { createRandom, type Random } from '../../workload/random';
import type { FaultKind } from './chaos-fault';
import { type ChaosPlan, isLong, type TimedFault } from './chaos-plan';
import { FAULT_KINDS, FAULT_TEMPLATES } from './fault-templates';

export interface PlanOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Between the beginnings of two faults, on average. */
  readonly everyMs?: number;
  readonly perSecond?: number;
  /**
   * Nothing ends the processes of any replica but the first, so that the memory of the others tells
   * something. What long runs do.
   */
  readonly spare?: boolean;
}

const EVERY_MS = 2_500;
const PER_SECOND = 40;
const WARM_UP_MS = 500;
/** Each kind as often as it weighs. */
const BAG: readonly FaultKind[] = FAULT_KINDS.flatMap((kind) =>
  Array.from({ length: FAULT_TEMPLATES[kind].weight }, () => kind),
);

/** The plan of a seed. */
export function createPlan(options: PlanOptions): ChaosPlan {
  const { seed, seconds, everyMs = EVERY_MS, perSecond = PER_SECOND } = options;
  const { spare = isLong(options) } = options;
  const random = createRandom(seed);
  const faults: TimedFault[] = [];
  const endMs = seconds * 1_000;
  for (let atMs = WARM_UP_MS; atMs < endMs; atMs += gap(random, everyMs)) {
    const { forMs, draw } = FAULT_TEMPLATES[random.pick(BAG)];
    const [shortest, longest] = forMs;
    const wanted = shortest + random.below(longest - shortest + 1);
    faults.push({ fault: draw(random, spare), atMs, forMs: Math.min(wanted, endMs - atMs) });
  }
  return { seed, seconds, perSecond, operations: seconds * perSecond, faults };
}

/** From a fifth of it to nearly twice as much. */
function gap(random: Random, everyMs: number): number {
  return Math.ceil(everyMs * (0.2 + 1.6 * random.next()));
}
