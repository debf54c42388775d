import express, { Router, type Express } from 'express';
import type { Registry } from 'prom-client';
import { authenticate } from '../http/auth/authenticate';
import type { TokenVerifier } from '../http/auth/create-token-verifier';
import { httpErrorHandler } from '../http/http-error-handler';
import { observeRequests } from '../http/observe-requests';
import { inOneLayer } from '../http/in-one-layer';
import { requestContext } from '../http/request-context';
import { allowKnownMethods, notFound, refuseMalformedUrl } from '../http/request-guards';
import { routeMethods } from '../http/route-methods';
import { securityHeaders } from '../http/security-headers';
import type { Logger } from '../observability/create-logger';
import { docsPage } from './docs-page';
import { mountRoutes } from './mount-routes';
import { openApiDocument, type ApiDescription } from './openapi-document';
import { createRateLimits, type RateLimitOptions } from './rate-limits';
import type { Route } from './route';

export type { ApiDescription };

export interface HttpAppOptions {
  readonly description: ApiDescription;
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
  const document = openApiDocument(routes, options.description);
  const described = Router();
  routeMethods(described, '/api/v1/openapi.json', {
    get: [(_request, response) => void response.json(document)],
  });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.trustedProxyHops);

  app.use(
    inOneLayer(
      requestContext(logger),
      observeRequests(registry),
      securityHeaders(),
      allowKnownMethods(),
      refuseMalformedUrl(),
    ),
  );
  app.use(limits.byAddress);
  app.use('/api/v1', docsPage(options.description.title));
  app.use(authenticate(verifyToken));
  app.use(limits.bySubject);
  app.use(described);
  app.use(mountRoutes(routes));
  app.use(notFound());
  app.use(httpErrorHandler());
  return app;
}
