import type { ChangeType } from '../stock-command';
import type { StockState } from '../stock-state';
import type { AppliedThreshold } from '../thresholds/resolve-threshold';
import { crossingBetween } from '../thresholds/crossing-between';
import type { StockEvent } from './stock-event';
import type { Unnumbered } from './unnumbered';

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
  return [...levelEvents(change), ...statusEvents(change), ...thresholdEvents(change)].map(
    (event, index) => ({ ...event, sequence: change.lastSequence + index + 1 }),
  );
}

function* levelEvents(change: StockChange): Generator<Unnumbered<StockEvent>> {
  const { before, after, threshold, changeType } = change;
  if (before.onHand === after.onHand) return;
  yield {
    type: 'StockLevelChanged',
    previousQuantity: before.onHand,
    newQuantity: after.onHand,
    quantityChanged: after.onHand - before.onHand,
    changeType,
    threshold,
  };
}

function* statusEvents(change: StockChange): Generator<Unnumbered<StockEvent>> {
  const { before, after, threshold } = change;
  if (before.status === after.status) return;
  const quantities = {
    previousQuantity: before.onHand - before.reserved,
    newQuantity: after.onHand - after.reserved,
  };
  yield {
    type: 'StockStatusChanged',
    oldStatus: before.status,
    newStatus: after.status,
    ...quantities,
    threshold,
  };
  const crossing = crossingBetween(before.status, after.status);
  if (crossing !== null) yield { type: crossing, ...quantities, threshold };
}

/** By the letter of its definition: no status, no hysteresis, only the two quantities. */
function* thresholdEvents(change: StockChange): Generator<Unnumbered<StockEvent>> {
  const { before, after, threshold } = change;
  const previousQuantity = before.onHand - before.reserved;
  const newQuantity = after.onHand - after.reserved;
  const { lowStockThreshold } = threshold;
  if (newQuantity > lowStockThreshold || previousQuantity <= lowStockThreshold) return;
  yield { type: 'LowStockThresholdReached', previousQuantity, newQuantity, threshold };
}
