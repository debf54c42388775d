import { z } from 'zod';

export const stockStatusSchema = z.enum(['IN_STOCK', 'LOW_STOCK', 'OUT_OF_STOCK', 'DISCONTINUED']);

/** Status of an item, judged by its available quantity; DISCONTINUED is set by hand. */
export type StockStatus = z.output<typeof stockStatusSchema>;
