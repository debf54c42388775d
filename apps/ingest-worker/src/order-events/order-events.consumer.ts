import { topology } from '@inventory-events/contracts';
import type { BatchConsumer, DeadLetterPublisher } from '@inventory-events/messaging';
import {
  createIncomingConsumer,
  type IncomingConsumerDeps,
} from '../consuming/create-incoming-consumer';
import { applyOrderEvents, type OrderEventsDeps } from './apply-order-events';
import { decodeOrderEvent } from './decode-order-event';
import type { IgnoredEvent, OrderEvent } from './order-event';

export interface OrderEventsConsumerDeps extends IncomingConsumerDeps, OrderEventsDeps {
  readonly metrics: IncomingConsumerDeps['metrics'];
  readonly deadLetters: DeadLetterPublisher;
  declareQueue(): Promise<void>;
}

const source = topology.queues.orders;

/** One queue for all of them: the events of an order and of its products stay in their order. */
export function createOrderEventsConsumer(deps: OrderEventsConsumerDeps): BatchConsumer {
  return createIncomingConsumer<OrderEvent | IgnoredEvent>(deps, {
    queue: source,
    source,
    deadLetters: deps.deadLetters,
    declare: () => deps.declareQueue(),
    decode: (message) => decodeOrderEvent(message, source, Date.now()),
    handle: (batch) => applyOrderEvents(deps, batch),
  });
}
