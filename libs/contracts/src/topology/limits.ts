import { DEFAULT_MAX_FUTURE_MS } from '../messages/time-check';
import { MAX_ORDER_LINES } from '../messages/order-created/v1';
import { MAX_QUANTITY } from '../values/quantity-schema';
import {
  MAX_CORRELATION_ID_LENGTH,
  MAX_REASON_LENGTH,
  MAX_SKU_LENGTH,
} from '../values/text-schema';

/** What a message may be at most, in one place. */
export const limits = {
  maxBodyBytes: 256 * 1024,
  maxNestingDepth: 32,
  maxQuantity: MAX_QUANTITY,
  maxCorrelationIdLength: MAX_CORRELATION_ID_LENGTH,
  maxSkuLength: MAX_SKU_LENGTH,
  maxReasonLength: MAX_REASON_LENGTH,
  maxOrderLines: MAX_ORDER_LINES,
  maxFutureMs: DEFAULT_MAX_FUTURE_MS,
  maxUnroutedEvents: 100_000,
  defaultPartitions: 4,
} as const;
