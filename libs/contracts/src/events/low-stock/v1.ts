import type { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { crossingDataSchema } from '../crossing-data';

/** The available quantity of an item in stock fell to its low-stock threshold or below. */
export const lowStockEventSchema = eventSchema('LOW_STOCK', crossingDataSchema);

export type LowStockEvent = z.output<typeof lowStockEventSchema>;
