import type { z } from 'zod';

import { eventSchema } from '../../envelope/v1';
import { crossingDataSchema } from '../crossing-data';

/** An item that was out of stock is available again, in plenty or still low. */
export const backInStockEventSchema = eventSchema('BACK_IN_STOCK', crossingDataSchema);

export type BackInStockEvent = z.output<typeof backInStockEventSchema>;
