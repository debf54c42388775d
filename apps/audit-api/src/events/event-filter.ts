import { eventTypes, limits } from '@inventory-events/contracts';
import type { EventFilter } from '@inventory-events/data-access';
import {
  repeatable,
  textField,
  timeField,
  uuidField,
  z,
} from '@inventory-events/service-runtime/api';

const typeField = z.enum(eventTypes as [string, ...string[]], 'is not an event type');

/** The filters that lists, exports and streams have in common. */
export const streamFilterFields = {
  productId: uuidField.optional(),
  variantId: uuidField.optional(),
  warehouseId: uuidField.optional(),
  sku: textField(limits.maxSkuLength).optional(),
  type: repeatable(typeField).openapi({ description: 'Repeat it for several types.' }),
  correlationId: textField(limits.maxCorrelationIdLength).optional(),
};

export const timeRangeFields = {
  from: timeField.optional().openapi({ description: 'Inclusive.' }),
  to: timeField.optional().openapi({ description: 'Exclusive.' }),
};

export interface FilterQuery {
  readonly productId?: string | undefined;
  readonly variantId?: string | undefined;
  readonly warehouseId?: string | undefined;
  readonly sku?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly correlationId?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export function toEventFilter({ type, from, to, ...same }: FilterQuery): EventFilter {
  const types = type === undefined ? undefined : [...new Set(type)];
  const { productId, variantId, warehouseId, sku, correlationId } = same;
  return { productId, variantId, warehouseId, sku, correlationId, types, fromMs: from, toMs: to };
}
