import { z } from 'zod';

export const thresholdSourceSchema = z.enum(['message', 'item', 'rule', 'default']);

/** Where the low-stock threshold that judged a change came from, most specific first. */
export type ThresholdSource = z.output<typeof thresholdSourceSchema>;
