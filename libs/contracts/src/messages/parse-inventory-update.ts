import { isJsonObject } from '../parsing/is-json-object';
import { failure, type ParseResult, parseWith } from '../parsing/parse-result';
import { versionFailure } from '../parsing/supported-version';
import {
  type InventoryStockUpdated,
  inventoryStockUpdatedSchema,
} from './inventory-stock-updated/v1';
import { type InventoryUpdate, inventoryUpdateSchema } from './inventory-update/v1';
import {
  type StockLevelChangedUpdate,
  stockLevelChangedUpdateSchema,
} from './stock-level-changed-update/v1';
import { type TimeCheckOptions, timeFailure } from './time-check';

/** An inventory update in one of the three forms that the queue accepts. */
export type AnyInventoryUpdate =
  | { form: 'native'; message: InventoryUpdate }
  | { form: 'envelope'; message: StockLevelChangedUpdate }
  | { form: 'stock_updated'; message: InventoryStockUpdated };

/** Reads a message of the queue `inventory.updates`, already parsed as JSON. */
export function parseInventoryUpdate(
  json: unknown,
  options: TimeCheckOptions,
): ParseResult<AnyInventoryUpdate> {
  if (!isJsonObject(json)) return failure('INVALID_MESSAGE', 'an update is a JSON object');
  const form = formOf(json);
  if (form === undefined) {
    return failure('UNKNOWN_EVENT_TYPE', 'not an inventory update', 'eventType');
  }
  return versionFailure(json) ?? parseForm(form, json, options);
}

function formOf(json: Record<string, unknown>): AnyInventoryUpdate['form'] | undefined {
  const { eventType = null } = json;
  if (eventType === 'StockLevelChangedEvent') return 'envelope';
  if (eventType === 'inventory.stock_updated') return 'stock_updated';
  if (eventType !== null) return undefined;
  return 'newStock' in json && !('newQuantity' in json) ? 'stock_updated' : 'native';
}

function parseForm(
  form: AnyInventoryUpdate['form'],
  json: Record<string, unknown>,
  options: TimeCheckOptions,
): ParseResult<AnyInventoryUpdate> {
  switch (form) {
    case 'native': {
      const parsed = parseWith(inventoryUpdateSchema, json);
      if (!parsed.ok) return parsed;
      const { occurredAt } = parsed.value;
      return timeFailure({ occurredAt }, options) ?? found({ form, message: parsed.value });
    }
    case 'envelope': {
      const parsed = parseWith(stockLevelChangedUpdateSchema, json);
      if (!parsed.ok) return parsed;
      const { timestamp, data } = parsed.value;
      const times = { timestamp, 'data.timestamp': data.timestamp };
      return timeFailure(times, options) ?? found({ form, message: parsed.value });
    }
    case 'stock_updated': {
      const parsed = parseWith(inventoryStockUpdatedSchema, json);
      if (!parsed.ok) return parsed;
      const { timestamp } = parsed.value;
      return timeFailure({ timestamp }, options) ?? found({ form, message: parsed.value });
    }
  }
}

function found(value: AnyInventoryUpdate): ParseResult<AnyInventoryUpdate> {
  return { ok: true, value };
}
