import type { ChangeType } from '../stock-command';
import type { StockState } from '../stock-state';
import type { AppliedThreshold } from '../thresholds/resolve-threshold';
import { crossingBetween } from '../thresholds/crossing-between';
import type { StockEvent } from './stock-event';

type StockLevel = Pick<StockState, 'onHand' | 'reserved' | 'status'>;

export interface StockChange {
  before: StockLevel;
  after: StockLevel;
  threshold: AppliedThreshold;
  changeType: ChangeType;
  /** The item's last event number; the new events continue from it. */
  lastSequence: number;
}

/** Numbers the events of one change: level, status, crossing, threshold reached. */
export function eventsOfChange(change: StockChange): StockEvent[] {
  const { before, after, threshold, changeType } = change;
  const events: StockEvent[] = [];
  const nextSequence = () => change.lastSequence + events.length + 1;
  if (before.onHand !== after.onHand) {
    events.push({
      type: 'StockLevelChanged',
      previousQuantity: before.onHand,
      newQuantity: after.onHand,
      quantityChanged: after.onHand - before.onHand,
      changeType,
      threshold,
      sequence: nextSequence(),
    });
  }
  const previousQuantity = before.onHand - before.reserved;
  const newQuantity = after.onHand - after.reserved;
  const quantities = { previousQuantity, newQuantity, threshold };
  if (before.status !== after.status) {
    const [oldStatus, newStatus] = [before.status, after.status];
    const sequence = nextSequence();
    events.push({ type: 'StockStatusChanged', oldStatus, newStatus, ...quantities, sequence });
    const type = crossingBetween(oldStatus, newStatus);
    if (type !== null) events.push({ type, ...quantities, sequence: nextSequence() });
  }
  // By the letter of its definition: no status, no hysteresis, only the two quantities.
  const { lowStockThreshold } = threshold;
  if (newQuantity <= lowStockThreshold && previousQuantity > lowStockThreshold) {
    const type = 'LowStockThresholdReached';
    events.push({ type, ...quantities, sequence: nextSequence() });
  }
  return events;
}
