import type { CommandQueue, ItemLedgerCommand } from '@inventory-events/stock-ledger';
import type { StockCache } from '../cache/stock-cache';
import type { Caller } from '../commands/caller';
import { executeCommand } from '../commands/execute-command';
import { keepRefusal } from '../commands/keep-refusal';
import { type CommandContext, toCommandContext } from '../commands/to-command-context';
import type { ItemReference } from '../items/item-reference';
import type { ItemResolver } from '../items/item-resolver';
import type { Inventory } from './inventory';
import { inventoryOf } from './inventory-of';
import type { Stock } from './stock';
import { toAdjustmentCommands, toUpdateCommands } from './to-stock-commands';

export interface StockChangesDeps {
  readonly queue: CommandQueue;
  readonly cache: StockCache;
  readonly resolver: ItemResolver;
}

type Change = Omit<ItemLedgerCommand, 'item' | keyof CommandContext>;

/** Changes a stock entry that there is, by one command of the ledger. */
export function createStockChanges(deps: StockChangesDeps): Pick<Stock, 'update' | 'adjust'> {
  const { queue, cache, resolver } = deps;

  async function change(
    named: ItemReference,
    { context, sku, ...terms }: Change & { context: CommandContext; sku?: string | undefined },
    caller: Caller,
  ): Promise<Inventory> {
    const [match] = await resolver.matchAll([named]);
    if (match === undefined || match === 'several') {
      const outcome = match === undefined ? 'not_found' : 'ambiguous';
      return inventoryOf(await keepRefusal(queue, context, { outcome }, caller));
    }
    const { productId, variantId, warehouseId } = match;
    const item = { productId, variantId, warehouseId, sku };
    return inventoryOf(await executeCommand(queue, { ...context, ...terms, item }, caller));
  }

  return {
    async update(named, update, caller) {
      const { reorderPoint, reorderQuantity, expectedVersion, sku, reference, note } = update;
      const terms = {
        ...toUpdateCommands(update),
        context: toCommandContext(caller, 'updateStock', { named, update }),
        settings: { reorderPoint, reorderQuantity },
        expectedVersion,
        reference,
        note,
        sku,
      };
      const inventory = await change(named, terms, caller);
      if (sku !== undefined) {
        resolver.itemsChanged();
        await cache.setsChanged([{ sku }]);
      }
      return inventory;
    },

    adjust(named, adjustment, caller) {
      const { reference, note } = adjustment;
      const context = toCommandContext(caller, 'adjustStock', { named, adjustment });
      return change(
        named,
        { ...toAdjustmentCommands(adjustment), context, reference, note },
        caller,
      );
    },
  };
}
