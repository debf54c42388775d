import { AppError, coerceError, toAppError } from '@inventory-events/errors';
import type { ErrorRequestHandler } from 'express';
import { toHttpStatus } from './http-status';
import { sendProblem, type FieldError, type ProblemShortage } from './problem';
import { requestContextOf } from './request-context';

/** Mounted last: turns whatever was thrown into problem+json, never HTML and never a stack. */
export function httpErrorHandler(): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (thrown: unknown, _request, response, _next) => {
    const { logger, requestId } = requestContextOf(response);
    const error = fromHttpError(thrown) ?? toAppError(thrown);
    const status = toHttpStatus(error.code);
    // Nobody waits for an answer of which the client's leaving is the reason.
    const isAbandoned = response.destroyed && error.code === 'TIMEOUT';
    if (status >= 500 && !isAbandoned)
      logger.error({ err: coerceError(thrown), code: error.code }, 'request failed');
    if (response.headersSent) {
      // Half an answer is out: only a broken connection tells the client that it isn't whole.
      response.destroy();
      return;
    }
    if ((status === 503 || error.code === 'OVERLOADED') && !response.hasHeader('Retry-After'))
      response.setHeader('Retry-After', '1');
    sendProblem(response, {
      status,
      code: error.code,
      detail: status === 500 ? undefined : error.message,
      requestId,
      errors: fieldErrors(error),
      shortages: shortages(error),
    });
  };
}

/** Errors of Express, its body parsers and its files carry a status, and for parsers a type. */
function fromHttpError(thrown: unknown): AppError | undefined {
  if (!(thrown instanceof Error) || !('status' in thrown)) return undefined;
  switch (thrown.status) {
    case 412:
      return new AppError('PRECONDITION_FAILED', 'There is another version.', { cause: thrown });
    case 413:
      return new AppError('PAYLOAD_TOO_LARGE', 'The body is too large.', { cause: thrown });
    case 415:
      return new AppError('UNSUPPORTED_MEDIA_TYPE', 'The body has an unsupported encoding.', {
        cause: thrown,
      });
    case 400:
      return 'type' in thrown && thrown.type === 'entity.parse.failed'
        ? new AppError('MALFORMED_JSON', 'The body is not valid JSON.', { cause: thrown })
        : new AppError('INVALID_REQUEST', 'The request is malformed.', { cause: thrown });
    default:
      return undefined;
  }
}

function fieldErrors({ code, details }: AppError): readonly FieldError[] | undefined {
  return code === 'INVALID_REQUEST' && Array.isArray(details)
    ? (details as readonly FieldError[])
    : undefined;
}

/** What is short stands in `details.shortages` of whatever refuses an order for it. */
function shortages({ details }: AppError): readonly ProblemShortage[] | undefined {
  const hasShortages = typeof details === 'object' && details !== null && 'shortages' in details;
  return hasShortages && Array.isArray(details.shortages)
    ? (details.shortages as readonly ProblemShortage[])
    : undefined;
}
