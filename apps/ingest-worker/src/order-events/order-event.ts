import type { AnyOrderMessage } from '@inventory-events/contracts';
import type { MessageContext } from '../decoding/read-message-context';

/** A message of the queue `inventory.orders` that the inventory acts upon. */
export interface OrderEvent {
  readonly context: MessageContext;
  readonly event: AnyOrderMessage;
}

/** What came through a binding as wide as `order.#` and is for others. */
export type IgnoredEvent = 'ignored';
