import express from 'express';
import type { Registry } from 'prom-client';
import { authenticate, forStrangers, recognize } from '../http/auth/authenticate';
import type { VerifiedTokens } from '../http/auth/remember-verified-tokens';
import { httpErrorHandler } from '../http/http-error-handler';
import { observeRequests } from '../http/observe-requests';
import { inOneLayer } from '../http/in-one-layer';
import { requestContext } from '../http/request-context';
import { allowKnownMethods, notFound, refuseMalformedUrl } from '../http/request-guards';
import { securityHeaders } from '../http/security-headers';
import { toHttpApp } from '../http/to-http-app';
import type { Logger } from '../observability/create-logger';
import type { HttpApp } from '../server/http-app';
import { docsPage } from './docs-page';
import { documentRoute } from './document-route';
import { mountRoutes } from './mount-routes';
import type { ApiDescription } from './openapi-document';
import { createRateLimits, type RateLimitOptions } from './rate-limits';
import type { Route } from './route';

export type { ApiDescription };

export interface HttpAppOptions {
  readonly description: ApiDescription;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly tokens: VerifiedTokens;
  readonly rateLimits: RateLimitOptions;
  readonly trustedProxyHops: number;
  readonly routes: readonly Route[];
}

/** The path of a request, from top to bottom. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { description, logger, registry, tokens, routes } = options;
  const limits = createRateLimits(options.rateLimits);
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
      recognize(tokens),
      forStrangers(limits.byAddress),
      docsPage(description.title),
      forStrangers(authenticate(tokens.verify)),
      limits.bySubject,
      mountRoutes([...routes, documentRoute(routes, description)]),
    ),
  );
  app.use(notFound());
  app.use(httpErrorHandler());
  return toHttpApp(app);
}
