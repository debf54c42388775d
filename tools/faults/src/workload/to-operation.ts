import { topology } from '@inventory-events/contracts';
import type {
  ConflictOperation,
  MalformedOperation,
  OrderOperation,
  UpdateOperation,
} from './operation';
import type { Random } from './random';

/** Where updates of a product go: always the same way, or nothing would order them. */
export type UpdateRoute = 'queue' | 'exchange';

export type UpdateFacts = Pick<
  UpdateOperation,
  'item' | 'quantity' | 'previousQuantity' | 'lowStockThreshold' | 'sequence' | 'occurredAt'
>;

export interface UpdateTexts {
  readonly sku?: string;
  readonly correlationId?: string;
}

/** An update in the native form, as a shop would send it. */
export function toUpdate(
  random: Random,
  route: UpdateRoute,
  facts: UpdateFacts,
  texts: UpdateTexts = {},
): UpdateOperation {
  const eventId = random.uuid();
  const { item, quantity, occurredAt, ...rest } = facts;
  const body = JSON.stringify({
    eventId,
    ...withoutNulls(item),
    newQuantity: quantity,
    ...rest,
    ...(occurredAt === undefined ? {} : { occurredAt: new Date(occurredAt).toISOString() }),
    ...texts,
  });
  const address = addressOf(route, item.productId);
  return { kind: 'update', messageId: random.uuid(), ...address, body, eventId, ...facts };
}

/** The same message once more, as a sender repeats it that missed the confirm. */
export function repeated<T extends UpdateOperation | OrderOperation>(
  random: Random,
  operation: T,
): T {
  return { ...operation, messageId: random.uuid() };
}

/** Another quantity under the eventId of an earlier update. */
export function conflicting(random: Random, update: UpdateOperation): ConflictOperation {
  const { lane, exchange, routingKey, eventId } = update;
  const body = JSON.stringify({
    eventId,
    ...withoutNulls(update.item),
    newQuantity: update.quantity + 1,
  });
  return { kind: 'conflict', messageId: random.uuid(), lane, exchange, routingKey, body, eventId };
}

const BROKEN_BODIES = [
  '{"eventId": ',
  '[]',
  '{"newQuantity": -1}',
  '{"eventId":"no uuid","productId":"no uuid","newQuantity":1}',
  `{"deep":${'['.repeat(60)}${']'.repeat(60)}}`,
];

export function malformed(random: Random, route: UpdateRoute): MalformedOperation {
  const address = addressOf(route, random.uuid());
  return {
    kind: 'malformed',
    messageId: random.uuid(),
    ...address,
    body: random.pick(BROKEN_BODIES),
  };
}

export function toOrderStep(
  random: Random,
  facts: Pick<OrderOperation, 'orderId' | 'step' | 'lines' | 'ttlSeconds'>,
): OrderOperation {
  const eventId = random.uuid();
  const { orderId, step, lines, ttlSeconds } = facts;
  const items = lines.map(({ item, quantity }) => ({ ...withoutNulls(item), quantity }));
  const body = JSON.stringify({
    eventId,
    orderId,
    ttlSeconds,
    ...(lines.length > 0 ? { items } : {}),
  });
  return {
    kind: 'order',
    messageId: random.uuid(),
    lane: 'orders',
    exchange: topology.exchanges.orderEvents,
    routingKey: step,
    body,
    eventId,
    ...facts,
  };
}

function addressOf(route: UpdateRoute, productId: string) {
  if (route === 'queue') {
    return { lane: route, exchange: '', routingKey: topology.queues.updates };
  }
  return { lane: route, exchange: topology.exchanges.updates, routingKey: productId };
}

function withoutNulls(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}
