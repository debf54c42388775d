import type {
  ConflictOperation,
  ItemName,
  MalformedOperation,
  OrderOperation,
  UpdateOperation,
} from '../../workload/operation';

const nowhere = { exchange: '', routingKey: '', body: '' };

export function itemName(productId: string): ItemName {
  return { productId, variantId: null, warehouseId: null };
}

/** `id` is the eventId; the messageId is `<id>-sent`. */
export function update(
  id: string,
  quantity: number,
  rest: Partial<UpdateOperation> = {},
): UpdateOperation {
  return {
    kind: 'update',
    messageId: `${id}-sent`,
    eventId: id,
    lane: 'queue',
    ...nowhere,
    item: itemName('mug'),
    quantity,
    ...rest,
  };
}

export function order(
  id: string,
  orderId: string,
  step: OrderOperation['step'],
  quantity = 0,
): OrderOperation {
  const lines = quantity > 0 ? [{ item: itemName('tee'), quantity }] : [];
  const lane = 'orders';
  return {
    kind: 'order',
    messageId: `${id}-sent`,
    eventId: id,
    lane,
    ...nowhere,
    orderId,
    step,
    lines,
  };
}

export function malformed(messageId: string): MalformedOperation {
  return { kind: 'malformed', messageId, lane: 'queue', ...nowhere };
}

export function conflict(messageId: string, eventId: string): ConflictOperation {
  return { kind: 'conflict', messageId, eventId, lane: 'queue', ...nowhere };
}
