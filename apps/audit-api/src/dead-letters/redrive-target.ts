import { messageHeaders, topology } from '@inventory-events/contracts';
import { deadLetterHeaders, type Message } from '@inventory-events/messaging';

export interface RedriveTarget {
  readonly exchange: string;
  readonly routingKey: string;
  /** Said of the message beside what its sender wrote. */
  readonly headers?: Readonly<Record<string, string>>;
}

const { exchanges, queues } = topology;

/** Where the dead letters of a queue go back to when they don't say it. */
const HOMES: Readonly<Record<string, RedriveTarget>> = {
  [queues.updatesDeadLetters]: { exchange: '', routingKey: queues.updates },
  [queues.ordersDeadLetters]: { exchange: '', routingKey: queues.orders },
};

export const DEAD_LETTER_QUEUES = [queues.updatesDeadLetters, queues.ordersDeadLetters] as const;

export type DeadLetterQueueName = (typeof DEAD_LETTER_QUEUES)[number];

/**
 * The way the message came: the same queue, or the exchange that leads to the same partition, so
 * that it stays in line with its item. An order event goes straight to the queue, or others than the
 * inventory would get it twice; what it is, its routing key until then, stands in a header. Headers
 * can be forged; they choose among our own queues only.
 */
export function redriveTarget(queue: DeadLetterQueueName, message: Message): RedriveTarget {
  const home = HOMES[queue] ?? { exchange: '', routingKey: queues.updates };
  if (queue === queues.ordersDeadLetters) return { ...home, headers: typeHeader(message) };
  const { exchange, routingKey } = origin(message);
  if (exchange === exchanges.updates) return { exchange, routingKey };
  if (exchange === '' && isUpdatesQueue(routingKey)) return { exchange, routingKey };
  return home;
}

/** A message that was redriven before has the header already. */
function typeHeader(message: Message): Record<string, string> {
  const { exchange, routingKey } = origin(message);
  const cameByExchange = typeof exchange === 'string' && exchange !== '';
  return cameByExchange ? { [messageHeaders.eventType]: routingKey } : {};
}

function origin({ properties }: Message): { exchange: unknown; routingKey: string } {
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const ours = headers[deadLetterHeaders.originalExchange];
  if (ours !== undefined) {
    return { exchange: ours, routingKey: text(headers[deadLetterHeaders.originalRoutingKey]) };
  }
  const deaths = headers['x-death'];
  const death: unknown = Array.isArray(deaths) ? deaths.at(-1) : undefined;
  if (death === null || typeof death !== 'object') return { exchange: undefined, routingKey: '' };
  const { exchange, 'routing-keys': keys } = death as Record<string, unknown>;
  return { exchange, routingKey: text(Array.isArray(keys) ? keys[0] : undefined) };
}

function isUpdatesQueue(name: string): boolean {
  const rest = name.startsWith(queues.updates) ? name.slice(queues.updates.length) : undefined;
  return rest !== undefined && /^(\.\d{1,2})?$/.test(rest);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
