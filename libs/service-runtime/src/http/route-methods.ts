import { AppError } from '@inventory-events/errors';
import type { RequestHandler, Router } from 'express';

export type RouteMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Registers the methods of a path and answers every other with 405 and `Allow`. */
export function routeMethods(
  router: Router,
  path: string,
  methods: Readonly<Partial<Record<RouteMethod, readonly RequestHandler[]>>>,
): void {
  const names = Object.keys(methods) as RouteMethod[];
  const allow = names.flatMap((name) => (name === 'get' ? ['GET', 'HEAD'] : [name.toUpperCase()]));
  const route = router.route(path);
  for (const name of names) route[name](...(methods[name] ?? []));
  route.all((_request, response) => {
    response.setHeader('Allow', allow.join(', '));
    throw new AppError('METHOD_NOT_ALLOWED', 'This path does not support the method.');
  });
}
