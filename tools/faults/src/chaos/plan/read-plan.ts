import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ChaosPlan } from './chaos-plan';
import { FAULT_KINDS } from './fault-templates';

const planSchema = z.object({
  seed: z.number().int(),
  seconds: z.number().positive(),
  perSecond: z.number().positive(),
  operations: z.number().int().nonnegative(),
  faults: z.array(
    z.object({
      fault: z.looseObject({ kind: z.enum(FAULT_KINDS) }),
      atMs: z.number().nonnegative(),
      forMs: z.number().nonnegative(),
    }),
  ),
});

/** A plan that a run has kept, or a hand-made one. */
export function readPlan(file: string): ChaosPlan {
  return planSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) as ChaosPlan;
}
