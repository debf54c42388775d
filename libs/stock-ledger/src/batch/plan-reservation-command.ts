import {
  itemKeyText,
  type ItemKey,
  type LockedItem,
  NIL_UUID,
} from '@inventory-events/data-access';
import {
  decideReservation,
  type Reservation,
  type ReservationCommand,
  type ReservationDecision,
} from '@inventory-events/domain';
import type { BatchPlan } from './batch-plan';
import type { BatchState } from './batch-state';
import type {
  LedgerAnswer,
  LedgerReservation,
  LedgerReservationLine,
  LedgerResult,
  LedgerShortage,
  OrderEventLedgerCommand,
  ReservationLedgerCommand,
} from '../ledger-command';

type AnyReservationCommand = ReservationLedgerCommand | OrderEventLedgerCommand;

/** What a command did, before it is in the inbox. */
export type AppliedReservation = Pick<LedgerResult, 'eventCount' | 'changedItems'> & {
  answer: LedgerAnswer;
};

/** Decides what a command does to the holds of an order, and plans the rows. */
export function planReservationCommand(
  plan: BatchPlan,
  state: BatchState,
  command: ReservationLedgerCommand,
): LedgerResult {
  const { answer, ...applied } = applyReservation(plan, state, command);
  plan.addInbox(command, answer);
  return { previousQuantityMismatch: false, ...answer, ...applied };
}

/** The same without the inbox: several may follow from one message. */
export function applyReservation(
  plan: BatchPlan,
  state: BatchState,
  command: AnyReservationCommand,
): AppliedReservation {
  const { named, keys } = nameItems(command.reservation, state);
  const itemIds = named.type === 'reserve' ? named.lines.map((line) => line.itemId) : [];
  const reservations = state.reservations({
    orderId: named.orderId,
    ids: named.type === 'reserve' ? undefined : named.reservationIds,
    itemIds,
  });
  const items = new Map<string, LockedItem>();
  for (const id of [...itemIds, ...reservations.map((reservation) => reservation.itemId)]) {
    const item = state.itemById(id);
    if (item !== undefined) items.set(id, item);
  }
  const slice = { nowMs: plan.nowMs, items, policyOf: state.policyOf, reservations };
  const decision = decideReservation(slice, named, () => plan.nextId());
  writeDecision(plan, state, command, decision);

  const shortages = decision.shortages.map(
    ({ itemId, ...shortage }): LedgerShortage & { item: ItemKey } => ({
      item: keys.get(itemId) as ItemKey,
      itemId: items.has(itemId) ? itemId : null,
      ...shortage,
    }),
  );
  const unknown = shortages.filter((shortage) => shortage.reason === 'PRODUCT_NOT_FOUND');
  for (const { item, requested } of unknown) {
    plan.addUnknownProductFailure(command, {
      item,
      orderId: named.orderId as string,
      userId: (named.type === 'reserve' ? named.userId : null) ?? null,
      quantityAttempted: requested,
    });
  }
  const answer: LedgerAnswer = {
    outcome: decision.outcome,
    reservations: decision.reservations.map((hold) => toLedgerReservation(hold, items)),
    ...(shortages.length > 0 ? { shortages } : {}),
  };
  const eventCount = decision.events.length + unknown.length;
  const changed = [...decision.items.keys()].flatMap((id) => state.itemById(id) ?? []);
  const changedItems = command.keepResult ? { changedItems: changed } : {};
  return { answer, eventCount, ...changedItems };
}

/** The command with its lines' items by id; an item that doesn't exist gets its key for one. */
function nameItems(
  reservation: AnyReservationCommand['reservation'],
  state: BatchState,
): { named: ReservationCommand; keys: Map<string, ItemKey> } {
  const keys = new Map<string, ItemKey>();
  if (reservation.type !== 'reserve') return { named: reservation, keys };
  const lines = reservation.lines.map(({ item, quantity }) => {
    const itemId = state.itemByKey(item)?.id ?? unknownItemId(item);
    keys.set(itemId, item);
    return { itemId, quantity };
  });
  return { named: { ...reservation, lines }, keys };
}

/** Unknown SKUs have no key of their own, and fail one by one all the same. */
function unknownItemId(item: LedgerReservationLine['item']): string {
  return item.sku === undefined ? itemKeyText(item) : `${itemKeyText(item)}/${item.sku}`;
}

function writeDecision(
  plan: BatchPlan,
  state: BatchState,
  command: AnyReservationCommand,
  decision: ReservationDecision,
): void {
  const { correlationId } = command;
  for (const reservation of decision.created) {
    const created = { correlationId, ...reservation };
    plan.createdReservations.set(created.id, created);
    state.setReservation(created);
  }
  for (const reservation of decision.updated) {
    const [stored] = state.reservations({ ids: [reservation.id] });
    const updated = { ...reservation, correlationId: stored?.correlationId ?? correlationId };
    const isNew = plan.createdReservations.has(updated.id);
    (isNew ? plan.createdReservations : plan.updatedReservations).set(updated.id, updated);
    state.setReservation(updated);
  }
  const onHand = new Map<string, number>();
  for (const [itemId, after] of decision.items) {
    const before = state.itemById(itemId) as LockedItem;
    onHand.set(itemId, before.onHand);
    plan.items.set(itemId, state.setItem(before, after));
  }
  for (const { itemId, movement } of decision.movements) {
    const quantityAfter = (onHand.get(itemId) ?? 0) + movement.quantity;
    onHand.set(itemId, quantityAfter);
    plan.addMovement(command, itemId, { quantityAfter, ...movement });
  }
  for (const { itemId, event } of decision.events) {
    plan.addEvent(command, state.itemById(itemId) as LockedItem, event);
  }
}

function toLedgerReservation(
  { id, orderId, userId, itemId, quantity, status, expiresAtMs }: Reservation,
  items: ReadonlyMap<string, LockedItem>,
): LedgerReservation {
  const stored = items.get(itemId)?.warehouseId ?? NIL_UUID;
  const warehouseId = stored === NIL_UUID ? null : stored;
  return { id, orderId, userId, itemId, warehouseId, quantity, status, expiresAtMs };
}
