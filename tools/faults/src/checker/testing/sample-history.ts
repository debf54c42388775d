import type { Delivery, History } from '../../record/history';
import type { EventRow, ItemRow, MovementRow, ReservationRow } from '../../record/snapshot';
import type { Operation } from '../../workload/operation';
import type { OperationRecord } from '../../workload/operation-record';
import { itemName, malformed, order, update } from './sample-operations';

export function ok(operation: Operation): OperationRecord {
  return { operation, outcome: 'ok' };
}

export function event(
  id: string,
  [type, from, to]: readonly [type: string, from: number, to: number],
  sequence: number,
  causeMessageId: string,
  itemId = 'item-mug',
): EventRow {
  return {
    id,
    itemId,
    type,
    sequence,
    previousQuantity: from,
    newQuantity: to,
    lowStockThreshold: 10,
    thresholdSource: 'default',
    cause: 'observe',
    causeMessageId,
  };
}

export function deliveryOf({ id, itemId, sequence }: EventRow): Delivery {
  const body = JSON.stringify({ eventId: id, data: { sequence } });
  return { eventId: id, itemId, sequence, body, redelivered: false };
}

export function movement(causeMessageId: string, quantity: number, quantityAfter: number) {
  const row: MovementRow = {
    itemId: 'item-mug',
    quantity,
    quantityAfter,
    reason: 'observed',
    causeMessageId,
  };
  return row;
}

const EVENTS: readonly EventRow[] = [
  event('e1', ['StockLevelChangedEvent', 20, 12], 1, 'u1'),
  event('e2', ['StockLevelChangedEvent', 12, 15], 2, 'u2'),
  event('r1', ['InventoryReservedEvent', 9, 7], 1, 'o1', 'item-tee'),
];

const ITEM: Omit<ItemRow, 'id' | 'productId'> = {
  variantId: null,
  warehouseId: null,
  onHand: 15,
  reserved: 0,
  status: 'IN_STOCK',
  sequence: 2,
};

export const HOLD: ReservationRow = {
  id: 'hold-1',
  orderId: 'order-1',
  itemId: 'item-tee',
  quantity: 2,
  status: 'PENDING',
  expiresAtMs: 900_000,
  committedAtMs: null,
};

/**
 * Two updates of a mug, a tee of which an order holds two, and a message that is none: everything
 * as it must be.
 */
export const CLEAN_HISTORY: History = {
  operations: [
    update('u1', 12, { previousQuantity: 20 }),
    malformed('m1'),
    update('u2', 15),
    update('t1', 9, { item: itemName('tee') }),
    order('o1', 'order-1', 'order.created', 2),
  ].map(ok),
  deliveries: EVENTS.map(deliveryOf),
  deadLetters: [{ messageId: 'm1', errorCode: 'MALFORMED_JSON' }],
  snapshot: {
    takenAtMs: 1_000,
    items: [
      { ...ITEM, id: 'item-mug', productId: 'mug' },
      { ...ITEM, id: 'item-tee', productId: 'tee', onHand: 9, reserved: 2, sequence: 1 },
    ],
    movements: [
      { ...movement('u1', 20, 20), reason: 'baseline' },
      movement('u1', -8, 12),
      movement('u2', 3, 15),
      { ...movement('t1', 9, 9), itemId: 'item-tee', reason: 'baseline' },
    ],
    reservations: [HOLD],
    inbox: ['u1', 'u2', 't1', 'o1'].map((messageId) => ({ messageId, outcome: 'applied' })),
    events: EVENTS,
    outbox: [],
    parked: [],
  },
  leftover: { queued: [], notReady: [] },
  recoveries: [],
};

/** The clean history with something else in its snapshot. */
export function withRows(changes: Partial<History['snapshot']>, rest: Partial<History> = {}) {
  const history: History = {
    ...CLEAN_HISTORY,
    ...rest,
    snapshot: { ...CLEAN_HISTORY.snapshot, ...changes },
  };
  return history;
}

/** The clean history with more operations. */
export function withSent(records: readonly OperationRecord[], rest: Partial<History> = {}) {
  const history: History = {
    ...CLEAN_HISTORY,
    ...rest,
    operations: [...CLEAN_HISTORY.operations, ...records],
  };
  return history;
}
