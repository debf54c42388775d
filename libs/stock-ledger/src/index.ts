export { createStockLedger, type StockLedger, type StockLedgerDeps } from './create-stock-ledger';
export type { LedgerCommand, LedgerResult } from './ledger-command';
