import { AppError } from '@inventory-events/errors';
import type { RequestHandler } from 'express';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** TRACE and the rest of Node's methods: Express answers some of them in HTML. */
export function allowKnownMethods(): RequestHandler {
  return (request, response, next) => {
    if (!METHODS.includes(request.method)) {
      response.setHeader('Allow', METHODS.join(', '));
      throw new AppError('METHOD_NOT_ALLOWED', 'This method is not supported.');
    }
    next();
  };
}

/** A path that doesn't decode, or holds a NUL that PostgreSQL could not store or compare. */
export function refuseMalformedUrl(): RequestHandler {
  return ({ originalUrl }, _response, next) => {
    if (originalUrl.includes('%')) {
      const path = originalUrl.split('?', 1)[0] ?? '';
      if (originalUrl.includes('%00') || !decodes(path)) {
        throw new AppError('INVALID_REQUEST', 'The URL is malformed.');
      }
    }
    next();
  };
}

export function notFound(): RequestHandler {
  return () => {
    throw new AppError('NOT_FOUND', 'There is nothing at this path.');
  };
}

function decodes(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
