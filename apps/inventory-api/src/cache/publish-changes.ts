import type { CommandQueue } from '@inventory-events/stock-ledger';
import type { StockCache } from './stock-cache';

/** Tells the cache what each command has left, before the caller is told. */
export function publishChanges(queue: CommandQueue, cache: StockCache): CommandQueue {
  return {
    ...queue,
    async execute(command, signal) {
      const result = await queue.execute(command, signal);
      const { changedItems = [], item } = result;
      // A refusal shows the item as it is: the caller is about to look at it again.
      const items = changedItems.length === 0 && item?.baselined ? [item] : changedItems;
      if (items.length > 0) await cache.publish(items);
      return result;
    },
  };
}
