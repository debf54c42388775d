import { AppError } from '@inventory-events/errors';
import express, { type RequestHandler } from 'express';

export interface JsonBodyOptions {
  readonly maxBytes?: number;
}

/**
 * For routes that take a body: exactly `application/json`, at most `maxBytes`. Without a content
 * type Express would leave `request.body` undefined.
 */
export function requireJsonBody({ maxBytes = 100 * 1024 }: JsonBodyOptions = {}): RequestHandler[] {
  const requireType: RequestHandler = (request, _response, next) => {
    if (!request.is('application/json')) {
      throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json.');
    }
    next();
  };
  return [requireType, express.json({ limit: maxBytes, strict: true, inflate: false })];
}
