import { Router, type RequestHandler } from 'express';
import { requireRole } from '../http/auth/authenticate';
import { requireJsonBody } from '../http/require-json-body';
import { routeMethods, type RouteMethod } from '../http/route-methods';
import { isBodyOptional, type Route } from './route';

const MAX_BODY_BYTES = 64 * 1024;

/**
 * Every route behind its role. Paths without parameters come first, so that `/events/export` is no
 * id, and are looked up: a router tries its paths one by one.
 */
export function mountRoutes(routes: readonly Route[]): RequestHandler {
  const byPath = new Map<string, Partial<Record<RouteMethod, readonly RequestHandler[]>>>();
  for (const route of routes) {
    byPath.set(route.path, { ...byPath.get(route.path), [route.method]: handlersOf(route) });
  }
  const literal = new Map<string, RequestHandler>();
  const router = Router({ caseSensitive: true, strict: true });
  const paths = [...byPath].sort(([a], [b]) => parameterCount(a) - parameterCount(b));
  for (const [path, methods] of paths) {
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
    const handler = routeMethods(pattern, methods);
    if (pattern === path) literal.set(path, handler);
    else router.all(pattern, handler);
  }
  return (request, response, next) =>
    (literal.get(request.path) ?? router)(request, response, next);
}

function handlersOf(route: Route): RequestHandler[] {
  const { role, request, handler, maxBodyBytes = MAX_BODY_BYTES } = route;
  if (request.body === undefined) return [requireRole(role), handler];
  const parseBody = requireJsonBody({
    maxBytes: maxBodyBytes,
    isOptional: isBodyOptional(request),
  });
  return [requireRole(role), parseBody, handler];
}

function parameterCount(path: string): number {
  return path.split('{').length - 1;
}
