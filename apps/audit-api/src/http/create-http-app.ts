import type { Logger } from '@inventory-events/service-runtime';
import {
  allowKnownMethods,
  authenticate,
  httpErrorHandler,
  notFound,
  observeRequests,
  refuseMalformedUrl,
  requestContext,
  routeMethods,
  securityHeaders,
  type TokenVerifier,
} from '@inventory-events/service-runtime/http';
import express, { Router, type Express } from 'express';
import type { Registry } from 'prom-client';
import { docsPage } from './docs-page';
import { mountRoutes } from './mount-routes';
import { openApiDocument } from './openapi-document';
import { createRateLimits, type RateLimitOptions } from './rate-limits';
import type { Route } from './route';

export interface HttpAppOptions {
  readonly logger: Logger;
  readonly registry: Registry;
  readonly verifyToken: TokenVerifier;
  readonly rateLimits: RateLimitOptions;
  readonly trustedProxyHops: number;
  readonly routes: readonly Route[];
}

/** The path of a request, from top to bottom. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { logger, registry, verifyToken, routes } = options;
  const limits = createRateLimits(options.rateLimits);
  const document = openApiDocument(routes);
  const described = Router();
  routeMethods(described, '/api/v1/openapi.json', {
    get: [(_request, response) => void response.json(document)],
  });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.trustedProxyHops);

  app.use(requestContext(logger));
  app.use(observeRequests(registry));
  app.use(securityHeaders());
  app.use(allowKnownMethods());
  app.use(refuseMalformedUrl());
  app.use(limits.byAddress);
  app.use('/api/v1', docsPage());
  app.use(authenticate(verifyToken));
  app.use(limits.bySubject);
  app.use(described);
  app.use(mountRoutes(routes));
  app.use(notFound());
  app.use(httpErrorHandler());
  return app;
}
