import type { Footprint } from '../footprint/footprint';
import type { FaultKind } from '../plan/chaos-fault';
import type { ChaosPlan } from '../plan/chaos-plan';
import type { ChaosOutcome } from '../run/chaos-outcome';
import { verdictsOf } from '../../report/describe-result';

/** What is kept of a run. */
export interface ChaosRow {
  readonly seed: number;
  readonly seconds: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  /** What is undefined was not found out: the run did not get so far. */
  readonly operations?: number;
  readonly unknown?: number;
  readonly events?: number;
  readonly repetitions?: number;
  readonly deaths?: number;
  readonly restMs?: number | undefined;
  readonly footprints?: readonly [Footprint, Footprint];
  /** Verdicts, leaks, or why there is no outcome. */
  readonly violations: readonly string[];
}

/** `problem`: why there is no outcome. */
export function toChaosRow(
  plan: ChaosPlan,
  outcome: ChaosOutcome | undefined,
  problem?: string,
): ChaosRow {
  const faults: Partial<Record<FaultKind, number>> = {};
  for (const { fault } of plan.faults) faults[fault.kind] = (faults[fault.kind] ?? 0) + 1;
  const { seed, seconds } = plan;
  if (outcome === undefined) {
    return { seed, seconds, faults, violations: [problem ?? 'no outcome'] };
  }
  const { operations, unknown, events, repetitions, deaths, restMs, footprints } = outcome;
  const violations = [
    ...(outcome.findings.length > 0 ? [verdictsOf(outcome)] : []),
    ...outcome.leaks,
    ...outcome.oddities,
  ];
  const counts = { operations, unknown, events, repetitions, deaths };
  return { seed, seconds, faults, ...counts, restMs, footprints, violations };
}

export function faultsOf({ faults }: ChaosRow): number {
  return Object.values(faults).reduce((total, count) => total + count, 0);
}
