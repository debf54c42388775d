import type { OrderOutcome, OrderOutcomeKind } from '@inventory-events/data-access';
import type { BatchPlan } from '../batch/batch-plan';
import type { BatchState } from '../batch/batch-state';
import type { LedgerAnswer, LedgerResult, OrderEventLedgerCommand } from '../ledger-command';
import type { EarlyOutcome } from './order-memory';
import { applyReservation, type AppliedReservation } from '../batch/plan-reservation-command';

const KINDS = { commit: 'COMMIT', cancel: 'CANCEL', restock: 'RESTOCK' } as const;
const TYPES = { COMMIT: 'commit', CANCEL: 'cancel', RESTOCK: 'restock' } as const;

/**
 * Decides what an event of an order does, and plans the rows. An order is seen once it has a
 * reservation, however it got it. Before that, its events are remembered; the event that finds it
 * seen has them take effect first, each as it would have by itself, and forgets them. A refused
 * order was seen as well: nothing of it is remembered, or a later attempt at it would be ended by
 * what was said about the earlier one.
 */
export function planOrderEvent(
  plan: BatchPlan,
  state: BatchState,
  command: OrderEventLedgerCommand,
): LedgerResult {
  const { answer, ...applied } = applyOrderEvent(plan, state, command);
  plan.addInbox(command, answer);
  return { ...answer, ...applied, previousQuantityMismatch: false };
}

function applyOrderEvent(
  plan: BatchPlan,
  state: BatchState,
  command: OrderEventLedgerCommand,
): AppliedReservation {
  const { type, orderId } = command.reservation;
  if (type === 'reserve') return applyReserve(plan, state, command);
  if (!isSeen(state, orderId) && !plan.orders.isRefused(orderId)) {
    plan.orders.remember(toOutcome(command, KINDS[type]));
    return { answer: { outcome: 'remembered' }, eventCount: 0 };
  }
  const earlier = takeUp(plan, state, orderId);
  const { answer, eventCount } = applyReservation(plan, state, command);
  return { answer, eventCount: earlier + eventCount };
}

function applyReserve(
  plan: BatchPlan,
  state: BatchState,
  command: OrderEventLedgerCommand,
): AppliedReservation {
  const { orderId } = command.reservation;
  const reserved = applyReservation(plan, state, command);
  if (!isSeen(state, orderId)) {
    plan.orders.forget(orderId);
    plan.orders.remember(toOutcome(command, 'REFUSED'));
    return reserved;
  }
  const eventCount = reserved.eventCount + takeUp(plan, state, orderId);
  return { answer: asOfNow(state, reserved.answer), eventCount };
}

function isSeen(state: BatchState, orderId: string): boolean {
  return state.reservations({ orderId }).length > 0;
}

/** Has what was remembered take effect, in the order of its arrival; returns the events told. */
function takeUp(plan: BatchPlan, state: BatchState, orderId: string): number {
  let eventCount = 0;
  for (const outcome of plan.orders.remembered(orderId)) {
    eventCount += applyReservation(plan, state, toCommand(outcome)).eventCount;
  }
  if (isSeen(state, orderId)) plan.orders.forget(orderId);
  return eventCount;
}

function toOutcome(
  { reservation, messageId, source, correlationId, traceparent }: OrderEventLedgerCommand,
  outcome: OrderOutcomeKind,
): OrderOutcome {
  const { orderId } = reservation;
  return { orderId, outcome, messageId, source, correlationId, traceparent: traceparent ?? null };
}

/** The command as it came, but for the body: the message itself is in the inbox since then. */
function toCommand({ outcome, orderId, traceparent, ...row }: EarlyOutcome) {
  const command: OrderEventLedgerCommand = {
    messageId: row.messageId,
    source: row.source,
    bodyHash: Buffer.alloc(0),
    correlationId: row.correlationId,
    traceparent: traceparent ?? undefined,
    isOrderEvent: true,
    reservation: { type: TYPES[outcome], orderId },
  };
  return command;
}

/** The reservations of an answer with what was taken up behind it. */
function asOfNow(state: BatchState, answer: LedgerAnswer): LedgerAnswer {
  const reservations = answer.reservations?.map((told) => {
    const [now] = state.reservations({ ids: [told.id] });
    return { ...told, status: now?.status ?? told.status };
  });
  return { ...answer, reservations };
}
