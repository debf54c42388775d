import type { RequestHandler, Response } from 'express';
import { Histogram, type Registry } from 'prom-client';

const ROUTE = 'route';

/** `http_request_duration_seconds` by method, route pattern and status; never by raw path. */
export function observeRequests(registry: Registry): RequestHandler {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return ({ method }, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const route = (response.locals[ROUTE] as string | undefined) ?? 'none';
      const seconds = (performance.now() - startedAt) / 1_000;
      duration.observe({ method, route, status: String(response.statusCode) }, seconds);
    });
    next();
  };
}

/** Says what the request is counted as. */
export function nameRoute(response: Response, pattern: string): void {
  response.locals[ROUTE] = pattern;
}
