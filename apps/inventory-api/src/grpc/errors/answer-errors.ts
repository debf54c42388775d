import { coerceError, toAppError } from '@inventory-events/errors';
import type { Logger } from '@inventory-events/service-runtime';
import {
  type CallContext,
  ServerError,
  type ServerMiddleware,
  type ServerMiddlewareCall,
  Status,
} from 'nice-grpc';
import { errorToStatus } from '../error-to-status';
import { CORRELATION_ID } from '../calls/metadata-keys';
import { encodeStatusDetails } from './encode-status-details';

const STATUS_DETAILS = 'grpc-status-details-bin';
const INTERNAL_MESSAGE = 'An unexpected error occurred.';

/**
 * Outermost: turns whatever was thrown into a status with details, never a stack. Logs what is our
 * own fault or that of a server we need, not what the caller did.
 */
export function answerErrors(logger: Logger): ServerMiddleware {
  return async function* <Request, Response>(
    call: ServerMiddlewareCall<Request, Response>,
    context: CallContext,
  ) {
    try {
      return yield* call.next(call.request, context);
    } catch (thrown) {
      if (thrown instanceof ServerError || isAbort(thrown)) throw thrown;
      const error = toAppError(thrown);
      const status = errorToStatus(error.code);
      if (status === Status.INTERNAL || error.code === 'DEPENDENCY_UNAVAILABLE') {
        const correlationId = context.header.get(CORRELATION_ID);
        const facts = { code: error.code, method: call.method.path, correlationId };
        logger.error({ err: coerceError(thrown), ...facts }, 'call failed');
      }
      const message = status === Status.INTERNAL ? INTERNAL_MESSAGE : error.message;
      context.trailer.set(STATUS_DETAILS, encodeStatusDetails(error, status, message));
      throw new ServerError(status, message);
    }
  };
}

/** A call that ended before its answer; nobody waits for a status. */
function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
