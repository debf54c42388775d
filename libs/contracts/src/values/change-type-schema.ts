import { z } from 'zod';

export const changeTypeSchema = z.enum(['PURCHASE', 'SALE', 'RETURN', 'ADJUSTMENT']);

/** Why the physical stock changed. */
export type ChangeType = z.output<typeof changeTypeSchema>;
