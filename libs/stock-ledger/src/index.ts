export {
  createCommandQueue,
  type CommandQueue,
  type CommandQueueObserver,
  type CommandQueueOptions,
} from './create-command-queue';
export { createStockLedger, type StockLedger, type StockLedgerDeps } from './create-stock-ledger';
export type {
  ItemLedgerCommand,
  ItemSettings,
  LedgerAnswer,
  LedgerCommand,
  LedgerReservationLine,
  LedgerReserveCommand,
  LedgerResult,
  LedgerShortage,
  ReservationLedgerCommand,
} from './ledger-command';
