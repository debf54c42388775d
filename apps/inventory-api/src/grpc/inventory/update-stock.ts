import type { z } from '@inventory-events/service-runtime/api';
import type { Caller } from '../../commands/caller';
import type { Inventory } from '../../stock/inventory';
import type { Stock, StockAdjustment, StockUpdate } from '../../stock/stock';
import type { updateStockRequest } from './inventory-requests';

const COUNTED = ['ADJUSTMENT', 'DAMAGE', 'LOSS', 'FOUND'] as const satisfies readonly NonNullable<
  StockUpdate['reason']
>[];
const MOVED = [...COUNTED, 'RECEIVED', 'RETURN'] as const satisfies readonly NonNullable<
  StockAdjustment['reason']
>[];

/** Sets or changes the quantity on hand. A reason that is none of ours is kept as a note. */
export function updateStock(
  stock: Stock,
  request: z.output<typeof updateStockRequest>,
  caller: Caller,
): Promise<Inventory> {
  const { item, newQuantity, quantityChange, expectedQuantity, reason, reference } = request;
  if (quantityChange === undefined) {
    const change = { quantity: newQuantity, expectedQuantity, reference };
    return stock.update(item, { ...change, ...toReason(reason, COUNTED) }, caller);
  }
  const change = { quantityChange, expectedQuantity, reference };
  return stock.adjust(item, { ...change, ...toReason(reason, MOVED) }, caller);
}

function toReason<Reason extends string>(
  text: string | undefined,
  reasons: readonly [Reason, ...Reason[]],
): { reason: Reason; note?: string | undefined } {
  const known = reasons.find((reason) => reason === text?.toUpperCase());
  return known === undefined ? { reason: reasons[0], note: text } : { reason: known };
}
