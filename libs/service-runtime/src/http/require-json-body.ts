import { AppError } from '@inventory-events/errors';
import express, { type Request, type RequestHandler } from 'express';

export interface JsonBodyOptions {
  readonly maxBytes?: number;
  /** Lets requests without a body through, for whom `request.body` stays undefined. */
  readonly isOptional?: boolean;
}

/**
 * For routes that take a body: exactly `application/json`, at most `maxBytes`. Without a content
 * type Express would leave `request.body` undefined.
 */
export function requireJsonBody({
  maxBytes = 100 * 1024,
  isOptional = false,
}: JsonBodyOptions = {}): RequestHandler {
  const parse = express.json({ limit: maxBytes, strict: true, inflate: false, type: () => true });
  return (request, response, next) => {
    if (isOptional && !hasBody(request)) {
      next();
      return;
    }
    if (!request.is('application/json')) {
      throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json.');
    }
    parse(request, response, next);
  };
}

function hasBody({ headers }: Request): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}
