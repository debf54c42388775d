import { ERROR_CODES, type ErrorCode } from '@inventory-events/errors';
import { toHttpStatus } from '@inventory-events/service-runtime/http';
import { Status } from 'nice-grpc';
import { errorToStatus } from './error-to-status';

/** Codes that HTTP knows, and that no gRPC call can come to. */
const HTTP_ONLY: readonly ErrorCode[] = [
  'MALFORMED_JSON',
  'INVALID_ENCODING',
  'NESTING_TOO_DEEP',
  'METHOD_NOT_ALLOWED',
  'UNSUPPORTED_MEDIA_TYPE',
  'PUBLISH_NACKED',
  'PUBLISH_UNROUTABLE',
];

/** By HTTP status, what the same refusal may be over gRPC. */
const TWINS: Readonly<Record<number, readonly Status[]>> = {
  400: [Status.INVALID_ARGUMENT],
  401: [Status.UNAUTHENTICATED],
  403: [Status.PERMISSION_DENIED],
  404: [Status.NOT_FOUND],
  409: [Status.FAILED_PRECONDITION, Status.ABORTED, Status.ALREADY_EXISTS, Status.OUT_OF_RANGE],
  412: [Status.ABORTED],
  413: [Status.RESOURCE_EXHAUSTED],
  422: [Status.FAILED_PRECONDITION],
  429: [Status.RESOURCE_EXHAUSTED],
  500: [Status.INTERNAL],
  503: [Status.UNAVAILABLE, Status.DEADLINE_EXCEEDED],
};

describe('errorToStatus', () => {
  it.each(ERROR_CODES.filter((code) => !HTTP_ONLY.includes(code)))(
    'answers %s as HTTP does, in the words of gRPC',
    (code) => {
      expect(TWINS[toHttpStatus(code)]).toContain(errorToStatus(code));
    },
  );

  it.each([
    ['INSUFFICIENT_STOCK', Status.FAILED_PRECONDITION],
    ['STALE', Status.ABORTED],
    ['QUANTITY_TOO_LARGE', Status.OUT_OF_RANGE],
    ['ALREADY_EXISTS', Status.ALREADY_EXISTS],
    ['OVERLOADED', Status.RESOURCE_EXHAUSTED],
    ['TIMEOUT', Status.DEADLINE_EXCEEDED],
    ['DEPENDENCY_UNAVAILABLE', Status.UNAVAILABLE],
  ] as const)('%s', (code, status) => {
    expect(errorToStatus(code)).toBe(status);
  });
});
