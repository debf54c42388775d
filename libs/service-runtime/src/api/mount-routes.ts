import { Router, type RequestHandler } from 'express';
import { requireRole } from '../http/auth/authenticate';
import { requireJsonBody } from '../http/require-json-body';
import { routeMethods, type RouteMethod } from '../http/route-methods';
import { isBodyOptional, type Route } from './route';

type Methods = Partial<Record<RouteMethod, RequestHandler[]>>;

const MAX_BODY_BYTES = 64 * 1024;

/** Every route behind its role; paths without parameters first, so that `/events/export` is no id. */
export function mountRoutes(routes: readonly Route[]): Router {
  const router = createRouter();
  const byPath = new Map<string, Methods>();
  for (const route of routes) {
    byPath.set(route.path, { ...byPath.get(route.path), [route.method]: handlersOf(route) });
  }
  const literal = new Map<string, Router>();
  // Without looking through all the others.
  router.use((request, response, next) => {
    const own = literal.get(request.path);
    if (own === undefined) next();
    else own(request, response, next);
  });
  const paths = [...byPath].sort(([a], [b]) => parameterCount(a) - parameterCount(b));
  for (const [path, methods] of paths) {
    const isLiteral = parameterCount(path) === 0;
    const own = isLiteral ? createRouter() : router;
    if (isLiteral) literal.set(path, own);
    routeMethods(own, path.replaceAll(/\{(\w+)\}/g, ':$1'), methods);
  }
  return router;
}

function handlersOf(route: Route): RequestHandler[] {
  const { role, request, handler, maxBodyBytes = MAX_BODY_BYTES } = route;
  const isOptional = isBodyOptional(request);
  const body =
    request.body === undefined ? [] : requireJsonBody({ maxBytes: maxBodyBytes, isOptional });
  return [requireRole(role), ...body, handler];
}

function createRouter(): Router {
  return Router({ caseSensitive: true, strict: true });
}

function parameterCount(path: string): number {
  return path.split('{').length - 1;
}
