import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { PROBLEM_CONTENT_TYPE } from '../http/problem';
import { isBodyOptional, type Route } from './route';
import { z } from './zod';

const shortageSchema = z
  .object({
    inventoryId: z.string().nullable().openapi({ format: 'uuid' }),
    productId: z.string().nullable().openapi({ format: 'uuid' }),
    variantId: z.string().nullable().openapi({ format: 'uuid' }),
    warehouseId: z.string().nullable().openapi({ format: 'uuid' }),
    sku: z.string().optional(),
    requested: z.number().int().openapi({ description: "The sum of the request's lines of it." }),
    available: z.number().int(),
    reason: z.enum(['INSUFFICIENT_STOCK', 'PRODUCT_NOT_FOUND', 'PRODUCT_DISCONTINUED']),
  })
  .openapi('Shortage');

const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.number().int(),
    code: z.string().openapi({ description: 'Stable; texts are not.', example: 'INVALID_REQUEST' }),
    detail: z.string().optional(),
    requestId: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    shortages: z.array(shortageSchema).optional().openapi({
      description: 'What there is too little of, where an order was refused for that.',
    }),
  })
  .openapi('Problem');

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request is not valid; `errors` names the fields.',
  401: 'No bearer token, or one that is not valid.',
  403: 'The token lacks the role.',
  429: 'Too many requests; try again after `Retry-After` seconds.',
  503: 'A server this needs is away; try again after `Retry-After` seconds.',
};

/** Stands at the head of the document and of the page that shows it. */
export interface ApiDescription {
  readonly title: string;
  readonly description: string;
}

/** OpenAPI 3.1 from the routes, so from the very schemas that validate the requests. */
export function openApiDocument(routes: readonly Route[], { title, description }: ApiDescription) {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  registry.register('Problem', problemSchema);
  for (const route of routes) register(registry, route, bearer.name);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title,
      version: '1.0.0',
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
  });
}

function register(registry: OpenAPIRegistry, route: Route, security: string): void {
  const { path, query, headers, body } = route.request;
  const { description, status = 200, contentType = 'application/json', schema } = route.response;
  registry.registerPath({
    method: route.method,
    path: route.path,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, `Role: \`${route.role}\`.`].filter(Boolean).join('\n\n'),
    operationId: operationId(route),
    security: [{ [security]: [] }],
    request: {
      ...(path === undefined ? {} : { params: path }),
      ...(query === undefined ? {} : { query: query as z.ZodObject }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined
        ? {}
        : {
            body: {
              required: !isBodyOptional(route.request),
              content: { 'application/json': { schema: body } },
            },
          }),
    },
    responses: {
      [status]:
        status === 204
          ? { description }
          : { description, content: { [contentType]: { schema: schema ?? z.string() } } },
      ...problemResponses(route),
    },
  });
}

function problemResponses(route: Route) {
  const notFound = route.path.includes('{') ? { 404: 'Not found.' } : {};
  const problems = { ...PROBLEMS, ...notFound, ...route.problems };
  return Object.fromEntries(
    Object.entries(problems).map(([status, description]) => [
      status,
      { description, content: { [PROBLEM_CONTENT_TYPE]: { schema: problemSchema } } },
    ]),
  );
}

function operationId({ method, path }: Route): string {
  const words = path.replace('/api/v1/', '').split(/[/{}-]+/);
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return method + name;
}
