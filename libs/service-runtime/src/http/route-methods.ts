import { AppError } from '@inventory-events/errors';
import type { RequestHandler } from 'express';
import { inOneLayer } from './in-one-layer';
import { nameRoute } from './observe-requests';

export type RouteMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The handlers of each method. */
export type RouteMethods = Readonly<Partial<Record<RouteMethod, readonly RequestHandler[]>>>;

/** Answers the methods of a path, HEAD as GET, and every other with 405 and `Allow`. */
export function routeMethods(path: string, methods: RouteMethods): RequestHandler {
  const handlers = new Map<string, RequestHandler>();
  for (const [name, ofMethod] of Object.entries(methods)) {
    const handler = inOneLayer(...ofMethod);
    handlers.set(name.toUpperCase(), handler);
    if (name === 'get') handlers.set('HEAD', handler);
  }
  const allow = [...handlers.keys()].join(', ');
  return (request, response, next) => {
    nameRoute(response, path);
    const handler = handlers.get(request.method);
    if (handler !== undefined) return handler(request, response, next);
    response.setHeader('Allow', allow);
    throw new AppError('METHOD_NOT_ALLOWED', 'This path does not support the method.');
  };
}
