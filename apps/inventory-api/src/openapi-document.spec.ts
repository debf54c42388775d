import SwaggerParser from '@apidevtools/swagger-parser';
import { createLogger, createMetrics } from '@inventory-events/service-runtime';
import { openApiDocument } from '@inventory-events/service-runtime/api';
import { API_DESCRIPTION, createInventoryApp } from './app';
import { loadConfig } from './config';

function describedRoutes() {
  const config = loadConfig({
    DATABASE_URL: 'postgresql://127.0.0.1:1/none',
    REDIS_URL: 'redis://127.0.0.1:1',
    AUTH_JWT_SECRET: 's'.repeat(32),
  });
  const logger = createLogger({ name: 'test', level: 'silent' });
  return createInventoryApp({ config, logger, registry: createMetrics('test') }).routes;
}

describe('openApiDocument', () => {
  const document = openApiDocument(describedRoutes(), API_DESCRIPTION);

  it('is a valid OpenAPI 3.1 document', async () => {
    expect(document.openapi).toBe('3.1.0');
    await SwaggerParser.validate(structuredClone(document) as never);
  });

  it.each([
    ['get', '/api/v1/inventory', 'viewer'],
    ['get', '/api/v1/inventory/{id}', 'viewer'],
    ['get', '/api/v1/inventory/product/{productId}', 'viewer'],
    ['get', '/api/v1/inventory/sku/{sku}', 'viewer'],
    ['post', '/api/v1/inventory', 'operator'],
    ['put', '/api/v1/inventory/{id}', 'operator'],
    ['post', '/api/v1/inventory/{id}/adjust', 'operator'],
    ['get', '/api/v1/inventory/{id}/movements', 'viewer'],
    ['post', '/api/v1/inventory/batch', 'operator'],
    ['get', '/api/v1/warehouses', 'viewer'],
    ['get', '/api/v1/warehouses/{id}', 'viewer'],
    ['post', '/api/v1/warehouses', 'admin'],
    ['put', '/api/v1/warehouses/{id}', 'admin'],
    ['delete', '/api/v1/warehouses/{id}', 'admin'],
    ['get', '/api/v1/warehouses/{id}/inventory', 'viewer'],
  ] as const)('describes %s %s for a %s', (method, path, role) => {
    const operation = document.paths?.[path]?.[method];
    expect(operation?.description).toContain(`Role: \`${role}\`.`);
  });

  it('says what the validation accepts', () => {
    const schemas = document.components?.schemas as Record<string, object>;
    expect(schemas['InventoryCreation']).toMatchObject({
      required: ['productId', 'quantity'],
      additionalProperties: false,
      properties: { quantity: { type: 'integer', minimum: 0, maximum: 2_147_483_647 } },
    });
    expect(schemas['InventoryBatch']).toMatchObject({
      properties: {
        items: {
          minItems: 1,
          maxItems: 1_000,
          items: { type: 'object', properties: { quantityChange: { type: 'integer' } } },
        },
      },
    });
    const put = document.paths?.['/api/v1/inventory/{id}']?.put;
    const parameters = put?.parameters as { name: string; in: string }[];
    expect(parameters.map(({ name }) => name)).toEqual(['id', 'idempotency-key', 'if-match']);
    expect(Object.keys(put?.responses ?? {})).toEqual(expect.arrayContaining(['409', '412']));
  });
});
