import { AppError, type ErrorCode } from '@inventory-events/errors';

/** What the state of the stock or of the order refuses, whatever the caller might do about it. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'INSUFFICIENT_STOCK',
  'PRODUCT_NOT_FOUND',
  'PRODUCT_DISCONTINUED',
  'RESERVATION_NOT_FOUND',
  'RESERVATION_EXPIRED',
  'ALREADY_COMMITTED',
  'ALREADY_CANCELLED',
  'EXCEEDS_RESERVED',
]);

/** Why it was refused, for people; throws what is no refusal. */
export function refusalMessageOf(error: unknown): string {
  if (error instanceof AppError && REFUSALS.has(error.code)) return error.message;
  throw error;
}
