import type { AppError } from '@inventory-events/errors';
import type { FieldError, ProblemShortage } from '@inventory-events/service-runtime/http';
import { Status as StatusCode } from 'nice-grpc';
import type { Any } from '../../generated/google/protobuf/any';
import {
  BadRequest,
  ErrorInfo,
  PreconditionFailure,
  RetryInfo,
} from '../../generated/google/rpc/error_details';
import { Status } from '../../generated/google/rpc/status';
import { toFieldPath } from './to-field-path';

const DOMAIN = 'inventory-events';
/** Clients refuse trailers of more than 8 kB, as a rule; the first mistakes tell what is wrong. */
const MAX_VIOLATIONS = 20;
const RETRY_AFTER_MS = 1_000;
/** The use cases name fields as the REST API does. */
const HTTP_PART = 'body';

/** A `google.rpc.Status`: the stable code, which fields are wrong, what is short, when to retry. */
export function encodeStatusDetails(
  error: AppError,
  status: StatusCode,
  message: string,
): Uint8Array {
  const reason = { reason: error.code, domain: DOMAIN };
  const details: Any[] = [pack('ErrorInfo', ErrorInfo.encode(ErrorInfo.create(reason)).finish())];
  const fieldViolations = fieldErrorsOf(error).map(({ field, message: description }) => ({
    field: toFieldPath(field.split('.').filter((part) => part !== HTTP_PART)),
    description,
  }));
  if (fieldViolations.length > 0) {
    details.push(pack('BadRequest', BadRequest.encode({ fieldViolations }).finish()));
  }
  const violations = shortagesOf(error).map(toViolation);
  if (violations.length > 0) {
    details.push(pack('PreconditionFailure', PreconditionFailure.encode({ violations }).finish()));
  }
  if (status === StatusCode.RESOURCE_EXHAUSTED || status === StatusCode.UNAVAILABLE) {
    const retryDelay = toDuration(retryAfterMsOf(error));
    details.push(pack('RetryInfo', RetryInfo.encode({ retryDelay }).finish()));
  }
  return Status.encode({ code: status, message, details }).finish();
}

function pack(type: string, value: Uint8Array): Any {
  return { typeUrl: `type.googleapis.com/google.rpc.${type}`, value };
}

function fieldErrorsOf({ code, details }: AppError): readonly FieldError[] {
  return code === 'INVALID_REQUEST' && Array.isArray(details)
    ? (details as FieldError[]).slice(0, MAX_VIOLATIONS)
    : [];
}

function shortagesOf({ details }: AppError): readonly ProblemShortage[] {
  const hasShortages = typeof details === 'object' && details !== null && 'shortages' in details;
  return hasShortages && Array.isArray(details.shortages)
    ? (details.shortages as ProblemShortage[]).slice(0, MAX_VIOLATIONS)
    : [];
}

function toViolation(shortage: ProblemShortage): {
  type: string;
  subject: string;
  description: string;
} {
  const { inventoryId, productId, sku, requested, available, reason } = shortage;
  return {
    type: reason,
    subject:
      inventoryId !== null
        ? `inventory_id:${inventoryId}`
        : productId !== null
          ? `product_id:${productId}`
          : `sku:${sku ?? ''}`,
    description: `requested ${requested}, available ${available}`,
  };
}

function retryAfterMsOf({ details }: AppError): number {
  const hasTime = typeof details === 'object' && details !== null && 'retryAfterMs' in details;
  return hasTime && typeof details.retryAfterMs === 'number'
    ? details.retryAfterMs
    : RETRY_AFTER_MS;
}

function toDuration(ms: number): { seconds: number; nanos: number } {
  return { seconds: Math.floor(ms / 1_000), nanos: (ms % 1_000) * 1_000_000 };
}
