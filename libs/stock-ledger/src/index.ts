export { createStockLedger, type StockLedger, type StockLedgerDeps } from './create-stock-ledger';
export type {
  ItemLedgerCommand,
  LedgerAnswer,
  LedgerCommand,
  LedgerReservationLine,
  LedgerReserveCommand,
  LedgerResult,
  LedgerShortage,
  ReservationLedgerCommand,
} from './ledger-command';
