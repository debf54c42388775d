import type { createPool } from '@inventory-events/data-access';
import type { Logger } from '@inventory-events/service-runtime';
import type { StockLedger } from '@inventory-events/stock-ledger';
import type { Registry } from 'prom-client';

/** What work by the clock needs. */
export interface UpkeepDeps {
  /** Each takes one connection of it while it works, beside those of the ledger. */
  readonly pool: ReturnType<typeof createPool>;
  readonly ledger: StockLedger;
  /** Wakes the work; a timer of each replica does while it is away. */
  readonly redis: { readonly url: string; readonly keyPrefix: string };
  readonly intervalMs: number;
  readonly logger: Logger;
  readonly registry: Registry;
}
