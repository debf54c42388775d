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
}: JsonBodyOptions = {}): RequestHandler[] {
  const requireType: RequestHandler = (request, _response, next) => {
    const isMissing = isOptional && !hasBody(request);
    if (!isMissing && !request.is('application/json')) {
      throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json.');
    }
    next();
  };
  return [requireType, express.json({ limit: maxBytes, strict: true, inflate: false })];
}

function hasBody({ headers }: Request): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}
