import { AppError, type ErrorCode } from '@inventory-events/errors';
import type { ProblemShortage } from '@inventory-events/service-runtime/http';
import type { LedgerAnswer, LedgerShortage } from '@inventory-events/stock-ledger';

type Outcome = LedgerAnswer['outcome'];
type Refusal = readonly [code: ErrorCode, detail: string];

const REFUSALS: Readonly<Partial<Record<Outcome, Refusal>>> = {
  stale: ['STALE', 'The quantity is not what the request expected.'],
  already_exists: ['ALREADY_EXISTS', 'There is a stock entry for it already.'],
  version_mismatch: ['PRECONDITION_FAILED', 'The stock entry was changed meanwhile.'],
  insufficient_stock: ['INSUFFICIENT_STOCK', 'Not all of the stock is available.'],
  discontinued: ['PRODUCT_DISCONTINUED', 'The product is out of sale.'],
  expired: ['RESERVATION_EXPIRED', 'The reservation has expired.'],
  already_committed: ['ALREADY_COMMITTED', 'The reservation was committed.'],
  already_cancelled: ['ALREADY_CANCELLED', 'The reservation was cancelled.'],
  exceeds_reserved: ['EXCEEDS_RESERVED', 'More than is reserved.'],
  ambiguous: [
    'INVALID_REQUEST',
    'It names several stock entries: the variant, the warehouse or the inventoryId tells them apart.',
  ],
  warehouse_not_found: ['WAREHOUSE_NOT_FOUND', 'There is no such warehouse.'],
  warehouse_inactive: ['WAREHOUSE_INACTIVE', 'The warehouse takes no stock.'],
  invalid: ['INVALID_REQUEST', 'The quantities or the time are out of range.'],
};

const REJECTIONS: Readonly<Record<NonNullable<LedgerAnswer['reason']>, Refusal>> = {
  insufficient_stock: ['INSUFFICIENT_STOCK', 'Fewer than that are on hand.'],
  below_reserved: ['BELOW_RESERVED', 'So many are promised to orders.'],
  quantity_too_large: ['QUANTITY_TOO_LARGE', 'The quantity would be too large.'],
  invalid_quantity: ['INVALID_REQUEST', 'This is no count of units.'],
};

/**
 * What an answer of the ledger means to a caller, where it is a refusal. `accepted`: outcomes that
 * are a success for this request, such as `already_cancelled` for one that cancels.
 */
export function refusalOf(
  answer: LedgerAnswer,
  options: { notFound: 'PRODUCT_NOT_FOUND' | 'RESERVATION_NOT_FOUND'; accepted?: Outcome[] },
): AppError | undefined {
  const { outcome, reason } = answer;
  const shortages = answer.shortages?.map(toShortage);
  if (options.accepted?.includes(outcome)) return undefined;
  if (outcome === 'not_found') {
    return shortages === undefined
      ? new AppError(options.notFound, 'There is no such thing.')
      : new AppError('PRODUCT_NOT_FOUND', 'There is no stock entry for some of it.', {
          details: { shortages },
        });
  }
  const refusal = reason === undefined ? REFUSALS[outcome] : REJECTIONS[reason];
  if (refusal === undefined) return undefined;
  const [code, detail] = refusal;
  return new AppError(code, detail, shortages === undefined ? {} : { details: { shortages } });
}

function toShortage({ item, itemId, ...facts }: LedgerShortage): ProblemShortage {
  const { productId = null, variantId = null, warehouseId = null } = item ?? {};
  return { inventoryId: itemId, productId, variantId, warehouseId, ...facts };
}
