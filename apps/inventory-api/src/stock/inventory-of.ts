import { AppError } from '@inventory-events/errors';
import type { LedgerAnswer } from '@inventory-events/stock-ledger';
import { refusalOf } from '../commands/refusal-of';
import type { Inventory } from './inventory';
import { toInventory } from './to-inventory';

/** The item as a command has left it, or its refusal thrown. */
export function inventoryOf(answer: LedgerAnswer): Inventory {
  const refusal = refusalOf(answer, { notFound: 'PRODUCT_NOT_FOUND' });
  if (refusal !== undefined) throw refusal;
  if (answer.item === undefined) throw new AppError('INTERNAL', 'A command did not show its item.');
  return toInventory(answer.item);
}
