import type { StockCommand } from '@inventory-events/domain';
import { AppError } from '@inventory-events/errors';
import type { StockAdjustment, StockUpdate } from './stock';

/** Decided one behind the other: all are applied or none is. */
export interface StockCommands {
  readonly command: StockCommand;
  readonly followedBy: readonly StockCommand[];
}

/** Changes nothing by itself, for what only changes settings. */
const NOTHING: StockCommand = { type: 'adjust', delta: 0 };

/**
 * Taken out of sale first and back into it last, so that the status of what is out of sale is not
 * told in between.
 */
export function toUpdateCommands(update: StockUpdate): StockCommands {
  const { quantity, expectedQuantity, lowStockThreshold, reason, status } = update;
  const commands: StockCommand[] = [];
  if (quantity === undefined) commands.push(...toExpectation(expectedQuantity));
  if (status === 'DISCONTINUED') commands.push({ type: 'discontinue' });
  if (quantity !== undefined) {
    commands.push({ type: 'adjust', setTo: quantity, expectedQuantity, reason });
  }
  if (lowStockThreshold !== undefined) commands.push({ type: 'setThreshold', lowStockThreshold });
  if (status === 'ACTIVE') commands.push({ type: 'reinstate' });
  return inOrder(commands);
}

export function toAdjustmentCommands(adjustment: StockAdjustment): StockCommands {
  return inOrder([...toExpectation(adjustment.expectedQuantity), toAdjustmentCommand(adjustment)]);
}

/** To set what is expected to be there changes nothing, or is stale. */
function toExpectation(expectedQuantity: number | undefined): StockCommand[] {
  if (expectedQuantity === undefined) return [];
  return [{ type: 'adjust', setTo: expectedQuantity, expectedQuantity }];
}

function toAdjustmentCommand({ quantityChange, reason }: StockAdjustment): StockCommand {
  assertDirection(quantityChange, reason);
  switch (reason) {
    case 'RECEIVED':
      return { type: 'receive', quantity: quantityChange };
    case 'RETURN':
      return { type: 'return', quantity: quantityChange };
    default:
      return { type: 'adjust', delta: quantityChange, reason };
  }
}

function assertDirection(quantityChange: number, reason: StockAdjustment['reason']): void {
  if (quantityChange === 0) refuse('must not be 0');
  if (reason === 'ADJUSTMENT') return;
  const takes = reason === 'DAMAGE' || reason === 'LOSS';
  if (takes && quantityChange > 0) refuse(`must be negative for ${reason}`);
  if (!takes && quantityChange < 0) refuse(`must be positive for ${reason}`);
}

function refuse(message: string): never {
  throw new AppError('INVALID_REQUEST', `The quantityChange ${message}.`, {
    details: [{ field: 'body.quantityChange', message }],
  });
}

function inOrder([command = NOTHING, ...followedBy]: readonly StockCommand[]): StockCommands {
  return { command, followedBy };
}
