import { isOrderMessageType, parseOrderMessage } from '@inventory-events/contracts';
import { AppError } from '@inventory-events/errors';
import type { Message } from '@inventory-events/messaging';
import { assertParsed } from '../decoding/assert-parsed';
import { parseJsonBody } from '../decoding/parse-json-body';
import { readMessageContext } from '../decoding/read-message-context';
import type { IgnoredEvent, OrderEvent } from './order-event';
import { orderEventTypeOf } from './order-event-type-of';

/** Reads a delivery, or throws the reason to dead-letter it. Others' events are not looked into. */
export function decodeOrderEvent(
  message: Message,
  source: string,
  nowMs: number,
): OrderEvent | IgnoredEvent {
  const type = orderEventTypeOf(message);
  if (!isOrderMessageType(type)) {
    // Nobody puts another service's events straight into our queue.
    if (message.fields.exchange !== '') return 'ignored';
    throw new AppError('UNKNOWN_EVENT_TYPE', 'neither routing key nor header say what it is');
  }
  const event = assertParsed(parseOrderMessage(type, parseJsonBody(message), { nowMs }));
  return { context: readMessageContext(message, event.message, source), event };
}
