import { parseInventoryUpdate } from '@inventory-events/contracts';
import type { Message } from '@inventory-events/messaging';
import type { ItemLedgerCommand } from '@inventory-events/stock-ledger';
import { assertParsed } from '../decoding/assert-parsed';
import { parseJsonBody } from '../decoding/parse-json-body';
import { readMessageContext } from '../decoding/read-message-context';
import { toStockUpdate } from './to-stock-update';

/** Turns a delivery into the command for the ledger, or throws the reason to dead-letter it. */
export function decodeStockUpdate(
  message: Message,
  source: string,
  nowMs: number,
): ItemLedgerCommand {
  const update = toStockUpdate(
    assertParsed(parseInventoryUpdate(parseJsonBody(message), { nowMs })),
  );
  return {
    item: update.item,
    command: update.command,
    ...readMessageContext(message, update, source),
  };
}
