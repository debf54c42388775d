export { decide } from './decide';
export { initialStockState } from './initial-stock-state';
export { selectItem } from './items/select-item';
export { MAX_QUANTITY } from './quantities/max-quantity';
export { decideReservation } from './reservations/decide-reservation';
export { isOverdue } from './reservations/holds/is-overdue';
export { crossingBetween } from './thresholds/crossing-between';
export { judgeItem } from './thresholds/judge-item';
export { judgeStatus } from './thresholds/judge-status';
export { resolveHysteresis } from './thresholds/resolve-hysteresis';
export { resolveThreshold } from './thresholds/resolve-threshold';
export type {
  AppliedDecision,
  Decision,
  QuietDecision,
  RejectedDecision,
  RejectionReason,
} from './decision';
export type { ItemEvent, ItemEventType } from './events/item-event';
export type {
  InventoryCommitted,
  InventoryReleased,
  InventoryReservationFailed,
  InventoryReserved,
  ReleaseReason,
  ReservationEvent,
  ReservationEventType,
  ReservationFailureReason,
} from './events/reservation-event';
export type {
  LowStockThresholdReached,
  StockDriftDetected,
  StockEvent,
  StockEventType,
  StockLevelChanged,
  StockStatusChanged,
  ThresholdCrossed,
} from './events/stock-event';
export type { ItemReference } from './items/item-reference';
export type { IdentifiedItem, Selection } from './items/select-item';
export type { Movement, MovementReason, MovementType } from './movement';
export type { Reservation, ReservationStatus } from './reservations/reservation';
export type {
  CancelCommand,
  CommitCommand,
  ExpireCommand,
  ExtendCommand,
  ReservationCommand,
  ReservationLine,
  ReservationTarget,
  ReserveCommand,
  RestockCommand,
} from './reservations/reservation-command';
export type {
  ReservationDecision,
  ReservationOutcome,
  Shortage,
} from './reservations/reservation-decision';
export type { ReservationSlice } from './reservations/reservation-slice';
export type {
  AdjustByCommand,
  AdjustCommand,
  AdjustmentReason,
  AdjustToCommand,
  ChangeType,
  DiscontinueCommand,
  ObserveCommand,
  OpenCommand,
  ReceiveCommand,
  ReinstateCommand,
  ReportDriftCommand,
  ReturnCommand,
  SetThresholdCommand,
  StockCommand,
} from './stock-command';
export type { StockState } from './stock-state';
export type { CrossingType } from './thresholds/crossing-between';
export type { ItemJudgement } from './thresholds/judge-item';
export type { StatusJudgement } from './thresholds/judge-status';
export type {
  AppliedThreshold,
  ThresholdCandidates,
  ThresholdSource,
} from './thresholds/resolve-threshold';
export type { StockStatus } from './thresholds/stock-status';
export type { ThresholdPolicy, ThresholdRule } from './thresholds/threshold-policy';
