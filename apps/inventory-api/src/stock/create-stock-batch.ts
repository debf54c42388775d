import { createHash } from 'node:crypto';
import { AppError, toAppError } from '@inventory-events/errors';
import type { CommandQueue, LedgerCommand } from '@inventory-events/stock-ledger';
import type { Caller } from '../commands/caller';
import { executeCommand } from '../commands/execute-command';
import { keepRefusal } from '../commands/keep-refusal';
import { type CommandContext, toCommandContext } from '../commands/to-command-context';
import type { ItemResolver } from '../items/item-resolver';
import { inventoryOf } from './inventory-of';
import type { StockBatch, StockBatchLine, StockBatchResult } from './stock-batch';
import { toAdjustmentCommands, toUpdateCommands, type StockCommands } from './to-stock-commands';

export interface StockBatchDeps {
  readonly queue: CommandQueue;
  readonly resolver: ItemResolver;
  /** Throws IDEMPOTENCY_KEY_REUSED where one of the ids was another request's. */
  assertNotReused(contexts: readonly CommandContext[]): Promise<void>;
}

type Line = StockBatchLine | AppError;
type Match = Awaited<ReturnType<ItemResolver['matchAll']>>[number];

/**
 * Every line is a command of its own, and all that don't concern the same item are given to the
 * queue at once: it makes few transactions of them, and finds the bad ones.
 */
export function createStockBatch({ queue, resolver, assertNotReused }: StockBatchDeps): StockBatch {
  async function executeLine(
    line: StockBatchLine,
    { match, context }: { match: Match; context: CommandContext },
    caller: Caller,
  ): Promise<StockBatchResult> {
    try {
      const { note, reference } = line;
      if (match === undefined || match === 'several') {
        const outcome = match === undefined ? 'not_found' : 'ambiguous';
        return { inventory: inventoryOf(await keepRefusal(queue, context, { outcome }, caller)) };
      }
      const { productId, variantId, warehouseId } = match;
      const item = { productId, variantId, warehouseId };
      const command: LedgerCommand = { note, reference, item, ...context, ...toCommands(line) };
      return { inventory: inventoryOf(await executeCommand(queue, command, caller)) };
    } catch (error) {
      return { error: toAppError(error) };
    }
  }

  return {
    async execute(lines, caller) {
      const contexts = toContexts(lines, caller);
      if (caller.idempotencyKey !== undefined) await assertNotReused(contexts);
      const valid = lines.filter(isLine);
      const matches = [...(await resolver.matchAll(valid))];
      const lastOfItem = new Map<string, Promise<unknown>>();
      const results = lines.map((line, index): Promise<StockBatchResult> | StockBatchResult => {
        if (line instanceof AppError) return { error: line };
        const match = matches.shift();
        const context = contexts[index] as CommandContext;
        const run = () => executeLine(line, { match, context }, caller);
        if (match === undefined || match === 'several') return run();
        const previous = lastOfItem.get(match.inventoryId);
        const result = previous === undefined ? run() : previous.then(run);
        lastOfItem.set(match.inventoryId, result);
        return result;
      });
      return Promise.all(results);
    },
  };
}

/**
 * An id for every line, of the request's key and the line's place; the whole request for a body.
 */
function toContexts(lines: readonly Line[], caller: Caller): CommandContext[] {
  const request = createHash('sha256');
  for (const line of lines) request.update(line instanceof AppError ? '-' : JSON.stringify(line));
  const digest = request.digest('base64');
  return lines.map((_line, index) => toCommandContext(caller, `updateStockBatch/${index}`, digest));
}

function toCommands(line: StockBatchLine): StockCommands {
  const { quantity, quantityChange, expectedQuantity, reason = 'ADJUSTMENT' } = line;
  if (quantityChange !== undefined) {
    return toAdjustmentCommands({ quantityChange, expectedQuantity, reason });
  }
  if (reason === 'RECEIVED' || reason === 'RETURN') {
    throw new AppError('INVALID_REQUEST', `What is ${reason} is a quantityChange.`);
  }
  return toUpdateCommands({ quantity, expectedQuantity, reason });
}

function isLine(line: Line): line is StockBatchLine {
  return !(line instanceof AppError);
}
