import { AppError } from '@inventory-events/errors';
import { Status as StatusCode } from 'nice-grpc';
import {
  BadRequest,
  ErrorInfo,
  PreconditionFailure,
  RetryInfo,
} from '../../generated/google/rpc/error_details';
import { Status } from '../../generated/google/rpc/status';
import { encodeStatusDetails } from './encode-status-details';

const TYPES = { ErrorInfo, BadRequest, PreconditionFailure, RetryInfo };

function roundTrip(error: AppError, status: StatusCode) {
  const bytes = encodeStatusDetails(error, status, error.message);
  const { code, message, details } = Status.decode(bytes);
  const named = details.map(({ typeUrl, value }) => {
    const name = typeUrl.replace('type.googleapis.com/google.rpc.', '') as keyof typeof TYPES;
    return [name, TYPES[name].decode(value)] as const;
  });
  return { code, message, details: Object.fromEntries(named), sizeBytes: bytes.length };
}

describe('encodeStatusDetails', () => {
  it('carries the stable code', () => {
    const error = new AppError('STALE', 'Not what was expected.');
    expect(roundTrip(error, StatusCode.ABORTED)).toMatchObject({
      code: StatusCode.ABORTED,
      message: 'Not what was expected.',
      details: { ErrorInfo: { reason: 'STALE', domain: 'inventory-events' } },
    });
  });

  it('names the fields that are wrong as the proto does', () => {
    const error = new AppError('INVALID_REQUEST', 'Not valid.', {
      details: [
        { field: 'lines.0.item.productId', message: 'must be a UUID' },
        { field: 'body.ttlSeconds', message: 'must be 1 to 10' },
        { field: 'metadata.idempotency-key', message: 'too long' },
      ],
    });
    expect(roundTrip(error, StatusCode.INVALID_ARGUMENT).details['BadRequest']).toEqual({
      fieldViolations: [
        { field: 'lines[0].item.product_id', description: 'must be a UUID' },
        { field: 'ttl_seconds', description: 'must be 1 to 10' },
        { field: 'metadata.idempotency-key', description: 'too long' },
      ],
    });
  });

  it('names what is short by whatever names it', () => {
    const facts = { requested: 5, available: 2, reason: 'INSUFFICIENT_STOCK' };
    const none = { inventoryId: null, productId: null, variantId: null, warehouseId: null };
    const error = new AppError('INSUFFICIENT_STOCK', 'Too little.', {
      details: {
        shortages: [
          { ...none, ...facts, inventoryId: 'i', productId: 'p' },
          { ...none, ...facts, productId: 'p' },
          { ...none, ...facts, sku: 's' },
        ],
      },
    });
    const { details } = roundTrip(error, StatusCode.FAILED_PRECONDITION);
    const description = 'requested 5, available 2';
    expect(details['PreconditionFailure']).toEqual({
      violations: ['inventory_id:i', 'product_id:p', 'sku:s'].map((subject) => ({
        type: 'INSUFFICIENT_STOCK',
        subject,
        description,
      })),
    });
  });

  it('stays below what clients take, however much is wrong', () => {
    const field = 'lines.999.item.warehouseId';
    const details = Array.from({ length: 1_000 }, () => ({ field, message: 'm'.repeat(120) }));
    const error = new AppError('INVALID_REQUEST', 'Not valid.', { details });
    expect(roundTrip(error, StatusCode.INVALID_ARGUMENT).sizeBytes).toBeLessThan(4_096);
  });

  it.each([
    [new AppError('RATE_LIMITED', 'm', { details: { retryAfterMs: 1_500 } }), 1, 500_000_000],
    [new AppError('OVERLOADED', 'm'), 1, 0],
  ])('says when to try again', (error, seconds, nanos) => {
    const { details } = roundTrip(error, StatusCode.RESOURCE_EXHAUSTED);
    expect(details['RetryInfo']).toEqual({ retryDelay: { seconds, nanos } });
  });
});
