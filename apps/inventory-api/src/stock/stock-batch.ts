import type { AppError } from '@inventory-events/errors';
import type { Caller } from '../commands/caller';
import type { ItemReference } from '../items/item-reference';
import type { Inventory } from './inventory';
import type { StockChangeReason } from './stock';

/** Sets the quantity on hand, or changes it by so many. */
export interface StockBatchLine extends ItemReference {
  readonly quantity?: number | undefined;
  readonly quantityChange?: number | undefined;
  readonly expectedQuantity?: number | undefined;
  readonly reason?: StockChangeReason | undefined;
  readonly note?: string | undefined;
  readonly reference?: string | undefined;
}

export type StockBatchResult = { readonly inventory: Inventory } | { readonly error: AppError };

export interface StockBatch {
  /**
   * One result per line, in their order; a line that fails concerns no other. Lines of one item
   * take effect in their order. What is no line is given as the error that it is answered with.
   */
  execute(
    lines: readonly (StockBatchLine | AppError)[],
    caller: Caller,
  ): Promise<readonly StockBatchResult[]>;
}
