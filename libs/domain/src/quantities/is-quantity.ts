import { MAX_QUANTITY } from './max-quantity';

/** Whether a number counts units: an integer, at least `atLeast` of them. */
export function isQuantity(value: number, atLeast: 0 | 1 = 0): boolean {
  return Number.isInteger(value) && value >= atLeast && value <= MAX_QUANTITY;
}
