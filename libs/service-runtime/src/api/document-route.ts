import { openApiDocument, type ApiDescription } from './openapi-document';
import { defineRoute, type Route } from './route';

/** Serves the document that describes the others. */
export function documentRoute(routes: readonly Route[], description: ApiDescription): Route {
  const document = openApiDocument(routes, description);
  return defineRoute({
    method: 'get',
    path: '/api/v1/openapi.json',
    tag: 'API',
    summary: 'This document',
    role: 'viewer',
    request: {},
    response: { description: 'OpenAPI 3.1.' },
    handle: () => Promise.resolve(document),
  });
}
