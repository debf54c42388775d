import { markDriftsReported } from '@inventory-events/data-access';
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { StockLedger } from '../create-stock-ledger';
import type { ItemLedgerCommand } from '../ledger-command';
import type { Drift } from './check-items';

/**
 * Tells each drift once, as an event of its item. The drift's id, kept before, is the message id: a
 * report whose commit was not heard of is a `duplicate` at the next run.
 */
export async function reportDrifts(
  client: ClientBase,
  ledger: StockLedger,
  drifts: readonly Drift[],
): Promise<void> {
  const unreported = drifts.filter(({ drift }) => !drift.isReported);
  if (unreported.length === 0) return;
  await ledger.executeBatch(unreported.map(toReport));
  await markDriftsReported(
    client,
    unreported.map(({ balance, drift }) => ({ itemId: balance.itemId, driftId: drift.id })),
  );
}

function toReport({ balance, drift }: Drift): ItemLedgerCommand {
  const { productId, variantId, warehouseId } = balance;
  const { onHand, movementTotal, reserved, pendingTotal } = balance;
  return {
    messageId: drift.id,
    source: 'proof',
    // The first report counts, whatever the numbers are by the time of a repetition.
    bodyHash: createHash('sha1').update(drift.id).digest(),
    correlationId: drift.id,
    item: { productId, variantId, warehouseId },
    command: { type: 'reportDrift', onHand, movementTotal, reserved, pendingTotal },
  };
}
