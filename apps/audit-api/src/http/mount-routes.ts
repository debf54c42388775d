import {
  requireJsonBody,
  requireRole,
  routeMethods,
  type RouteMethod,
} from '@inventory-events/service-runtime/http';
import { Router, type RequestHandler } from 'express';
import { groupBy } from '../group-by';
import type { Route } from './route';

const MAX_BODY_BYTES = 64 * 1024;

/** Every route behind its role; paths without parameters first, so that `/events/export` is no id. */
export function mountRoutes(routes: readonly Route[]): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const byPath = groupBy(routes, (route) => route.path);
  const paths = [...byPath.keys()].sort((a, b) => parameterCount(a) - parameterCount(b));
  for (const path of paths) {
    const methods: Partial<Record<RouteMethod, RequestHandler[]>> = {};
    for (const route of byPath.get(path) ?? []) methods[route.method] = handlersOf(route);
    routeMethods(router, path.replaceAll(/\{(\w+)\}/g, ':$1'), methods);
  }
  return router;
}

function handlersOf({ role, request, handler }: Route): RequestHandler[] {
  const body = request.body === undefined ? [] : requireJsonBody({ maxBytes: MAX_BODY_BYTES });
  return [requireRole(role), ...body, handler];
}

function parameterCount(path: string): number {
  return path.split('{').length;
}
