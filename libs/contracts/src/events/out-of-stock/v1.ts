import type { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { crossingDataSchema } from '../crossing-data';

/** Nothing of an item is available any more. */
export const outOfStockEventSchema = eventSchema('OUT_OF_STOCK', crossingDataSchema);

export type OutOfStockEvent = z.output<typeof outOfStockEventSchema>;
