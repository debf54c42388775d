import type { z } from 'zod';

import { isJsonObject } from '../parsing/is-json-object';
import { failure, type ParseResult, parseWith } from '../parsing/parse-result';
import { versionFailure } from '../parsing/supported-version';
import { orderCancelledSchema } from './order-cancelled/v1';
import { orderCreatedSchema } from './order-created/v1';
import { paymentFailedSchema } from './payment-failed/v1';
import { paymentSuccessfulSchema } from './payment-successful/v1';
import { productCreatedSchema } from './product-created/v1';
import { type TimeCheckOptions, timeFailure } from './time-check';

/** The schema of every message of the queue `inventory.orders`, by its routing key. */
export const orderMessageSchemas = {
  'order.created': orderCreatedSchema,
  'order.cancelled': orderCancelledSchema,
  'payment.successful': paymentSuccessfulSchema,
  'payment.failed': paymentFailedSchema,
  'product.created': productCreatedSchema,
} as const;

export type OrderMessageType = keyof typeof orderMessageSchemas;

/** A message of the queue `inventory.orders` with what it is. */
export type AnyOrderMessage = {
  [Type in OrderMessageType]: {
    type: Type;
    message: z.output<(typeof orderMessageSchemas)[Type]>;
  };
}[OrderMessageType];

export function isOrderMessageType(value: unknown): value is OrderMessageType {
  return typeof value === 'string' && Object.hasOwn(orderMessageSchemas, value);
}

/** Reads a message of the queue `inventory.orders`; its body doesn't say what it is, its routing key does. */
export function parseOrderMessage(
  routingKey: string,
  json: unknown,
  options: TimeCheckOptions,
): ParseResult<AnyOrderMessage> {
  if (!isOrderMessageType(routingKey)) {
    return failure('UNKNOWN_EVENT_TYPE', 'not a message for the inventory');
  }
  if (!isJsonObject(json)) return failure('INVALID_MESSAGE', 'a message is a JSON object');
  const wrongVersion = versionFailure(json);
  if (wrongVersion) return wrongVersion;
  const parsed = parseWith(orderMessageSchemas[routingKey], json);
  if (!parsed.ok) return parsed;
  const { timestamp } = parsed.value;
  const value = { type: routingKey, message: parsed.value } as AnyOrderMessage;
  return timeFailure({ timestamp }, options) ?? { ok: true, value };
}
