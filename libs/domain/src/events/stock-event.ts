import type { ChangeType } from '../stock-command';
import type { AppliedThreshold } from '../thresholds/resolve-threshold';
import type { CrossingType } from '../thresholds/crossing-between';
import type { StockStatus } from '../thresholds/stock-status';

export interface StockEventBase {
  /** Gap-free per item, starting at 1. */
  sequence: number;
  previousQuantity: number;
  newQuantity: number;
  threshold: AppliedThreshold;
}

/** Quantities are on hand. */
export interface StockLevelChanged extends StockEventBase {
  type: 'StockLevelChanged';
  changeType: ChangeType;
  quantityChanged: number;
}

/** Quantities are available. */
export interface StockStatusChanged extends StockEventBase {
  type: 'StockStatusChanged';
  oldStatus: StockStatus;
  newStatus: StockStatus;
}

/** Quantities are available. */
export interface ThresholdCrossed extends StockEventBase {
  type: CrossingType;
}

/** Quantities are available. */
export interface LowStockThresholdReached extends StockEventBase {
  type: 'LowStockThresholdReached';
}

/** As a proof found it, a moment before; quantities of the base are on hand as told. */
export interface StockDriftDetected extends StockEventBase {
  type: 'StockDriftDetected';
  onHand: number;
  movementTotal: number;
  reserved: number;
  pendingTotal: number;
}

export type StockEvent =
  | StockLevelChanged
  | StockStatusChanged
  | ThresholdCrossed
  | LowStockThresholdReached
  | StockDriftDetected;

export type StockEventType = StockEvent['type'];
