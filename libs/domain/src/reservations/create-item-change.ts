import { eventsOfChange } from '../events/events-of-change';
import type { ItemEvent } from '../events/item-event';
import type { ReservationEvent } from '../events/reservation-event';
import type { StockEventBase } from '../events/stock-event';
import type { Movement } from '../movement';
import type { StockState } from '../stock-state';
import { judgeItem } from '../thresholds/judge-item';
import { resolveThreshold } from '../thresholds/resolve-threshold';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';

type WithoutBase<E> = E extends ReservationEvent ? Omit<E, keyof StockEventBase> : never;

/** What a reservation event says beside the quantities before and after it. */
export type ReservationFacts = WithoutBase<ReservationEvent>;

export interface QuantityDelta {
  onHand?: number;
  reserved?: number;
}

/** All that one command does to one item. */
export interface ItemChange {
  onHand(): number;
  available(): number;
  /** Moves the quantities and tells it, given what is available afterwards. */
  record(delta: QuantityDelta, factsOf: (available: number) => ReservationFacts): void;
  /** Adds to the quantity on hand what no reservation event tells: the level event does. */
  takeBack(quantity: number): void;
  move(movement: Movement): void;
  finish(): { state: StockState; events: ItemEvent[]; movements: Movement[] };
}

/**
 * The status is judged once, by what the command comes to: stock that is released and held again
 * in one command was never back. Numbered are first the reservation events in the order recorded,
 * then level, status, crossing, threshold reached.
 */
export function createItemChange(before: StockState, policy: ThresholdPolicy): ItemChange {
  const threshold = resolveThreshold(
    { message: undefined, item: before.lowStockThreshold },
    policy,
  );
  const told: ReservationEvent[] = [];
  const movements: Movement[] = [];
  let { onHand, reserved } = before;

  return {
    onHand: () => onHand,
    available: () => onHand - reserved,
    record(delta, factsOf) {
      const previousQuantity = onHand - reserved;
      onHand += delta.onHand ?? 0;
      reserved += delta.reserved ?? 0;
      const newQuantity = onHand - reserved;
      const sequence = before.sequence + told.length + 1;
      const facts = factsOf(newQuantity);
      told.push({ previousQuantity, newQuantity, threshold, sequence, ...facts });
    },
    takeBack(quantity) {
      onHand += quantity;
    },
    move(movement) {
      movements.push(movement);
    },
    finish() {
      const moved = onHand !== before.onHand || reserved !== before.reserved;
      // What moves nothing, such as a refusal, is no occasion to judge.
      const { lowStockThreshold } = before;
      const status = moved
        ? judgeItem({ onHand, reserved, status: before.status, lowStockThreshold }, policy).status
        : before.status;
      const after = { onHand, reserved, status };
      const lastSequence = before.sequence + told.length;
      const changeType = onHand > before.onHand ? 'RETURN' : 'SALE';
      const changed = eventsOfChange({ before, after, threshold, changeType, lastSequence });
      const events: ItemEvent[] = [...told, ...changed];
      const state = { ...before, ...after, sequence: before.sequence + events.length };
      return { state, events, movements };
    },
  };
}
