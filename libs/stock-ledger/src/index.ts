export {
  createCommandQueue,
  type CommandQueue,
  type CommandQueueObserver,
  type CommandQueueOptions,
  type CommandSignal,
} from './create-command-queue';
export { createStockLedger, type StockLedger, type StockLedgerDeps } from './create-stock-ledger';
export type {
  ItemLedgerCommand,
  ItemSettings,
  LedgerAnswer,
  LedgerCommand,
  LedgerReservation,
  LedgerReservationLine,
  LedgerReserveCommand,
  LedgerResult,
  LedgerShortage,
  OrderEventLedgerCommand,
  RefusalLedgerCommand,
  ReservationLedgerCommand,
  StockLedgerCommand,
} from './ledger-command';
export {
  createReservationSweep,
  type ReservationSweep,
  type ReservationSweepDeps,
  type SweepFailure,
  type SweepResult,
} from './expiry/create-reservation-sweep';
export { createProof, type LatestProof, type Proof, type ProofDeps } from './proof/create-proof';
export type { DriftedItem, ProofResult } from './proof/proof-result';
