import type { CommandQueue, LedgerAnswer } from '@inventory-events/stock-ledger';
import type { StockCache } from '../cache/stock-cache';
import { executeCommand } from '../commands/execute-command';
import { keepRefusal } from '../commands/keep-refusal';
import { toCommandContext } from '../commands/to-command-context';
import type { ItemResolver } from '../items/item-resolver';
import { inventoryOf } from './inventory-of';
import type { Stock } from './stock';

export interface StockOpeningDeps {
  readonly queue: CommandQueue;
  readonly cache: StockCache;
  readonly resolver: ItemResolver;
  /** Why stock may not be kept in a warehouse, where it may not. */
  refusalOfWarehouse(warehouseId: string): Promise<LedgerAnswer | undefined>;
}

/**
 * Makes the stock entry of a product in a warehouse. The first quantity is a baseline: it makes a
 * movement, but is no change that events would tell.
 */
export function createStockOpening(deps: StockOpeningDeps): Pick<Stock, 'create'> {
  const { queue, cache, resolver } = deps;
  return {
    async create(creation, caller) {
      const { productId, variantId = null, warehouseId = null, sku, ...terms } = creation;
      const { quantity, lowStockThreshold, reorderPoint, reorderQuantity, ...notes } = terms;
      const context = toCommandContext(caller, 'createStock', creation);
      const refusal = warehouseId === null ? undefined : await deps.refusalOfWarehouse(warehouseId);
      if (refusal !== undefined) {
        return inventoryOf(await keepRefusal(queue, context, refusal, caller));
      }
      const answer = await executeCommand(
        queue,
        {
          ...context,
          ...notes,
          item: { productId, variantId, warehouseId, sku },
          isNew: true,
          command: { type: 'open', quantity, lowStockThreshold },
          settings: { reorderPoint, reorderQuantity },
        },
        caller,
      );
      const inventory = inventoryOf(answer);
      resolver.itemsChanged();
      await cache.setsChanged([{ productId }, ...(sku === undefined ? [] : [{ sku }])]);
      return inventory;
    },
  };
}
