import { createHash, randomUUID } from 'node:crypto';
import { createPool } from '@inventory-events/data-access';
import { createCommandQueue, createStockLedger } from '@inventory-events/stock-ledger';
import type { Reserver } from './reserver';

const DEFAULTS = { defaultLowStockThreshold: 10, defaultHysteresis: 0 };
const SESSIONS = 1;
const BODY_HASH = createHash('sha256').update('bench').digest();

/** The ledger in this process, behind its queue as in the inventory API. */
export function createLedgerReserver(databaseUrl: string): Reserver {
  const pool = createPool({
    connectionString: databaseUrl,
    applicationName: 'bench ledger',
    max: SESSIONS,
    pipeline: true,
  });
  const ledger = createStockLedger({ pool, defaults: DEFAULTS });
  const queue = createCommandQueue({
    ledger,
    batchSize: 500,
    maxWaiting: 5_000,
    sessions: SESSIONS,
  });
  return {
    async reserve(productIds) {
      const { outcome } = await queue.execute({
        messageId: randomUUID(),
        source: 'bench',
        bodyHash: BODY_HASH,
        correlationId: randomUUID(),
        keepResult: true,
        reservation: {
          type: 'reserve',
          orderId: randomUUID(),
          ttlMs: 900_000,
          lines: productIds.map((productId) => ({
            item: { productId, variantId: null, warehouseId: null },
            quantity: 1,
          })),
        },
      });
      return outcome;
    },
    async close() {
      await queue.drain();
      await pool.end();
    },
  };
}
