import type { ThresholdPolicy } from './threshold-policy';

/** The width of the band is a property of the rule, whoever brought the threshold itself. */
export function resolveHysteresis(policy: ThresholdPolicy): number {
  return policy.rule?.hysteresis ?? policy.defaultHysteresis;
}
