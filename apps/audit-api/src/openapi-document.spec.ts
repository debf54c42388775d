import SwaggerParser from '@apidevtools/swagger-parser';
import { createLogger, createMetrics } from '@inventory-events/service-runtime';
import { API_DESCRIPTION, createAuditApp } from './app';
import { loadConfig } from './config';
import { openApiDocument } from '@inventory-events/service-runtime/api';

function describedRoutes() {
  const config = loadConfig({
    DATABASE_URL: 'postgresql://127.0.0.1:1/none',
    AMQP_URL: 'amqp://127.0.0.1:1',
    REDIS_URL: 'redis://127.0.0.1:1',
    AUTH_JWT_SECRET: 's'.repeat(32),
  });
  const logger = createLogger({ name: 'test', level: 'silent' });
  return createAuditApp({ config, logger, registry: createMetrics('test') }).routes;
}

describe('openApiDocument', () => {
  const document = openApiDocument(describedRoutes(), API_DESCRIPTION);

  it('is a valid OpenAPI 3.1 document', async () => {
    expect(document.openapi).toBe('3.1.0');
    await SwaggerParser.validate(structuredClone(document) as never);
  });

  it('describes every endpoint with its role and its problems', () => {
    expect(Object.keys(document.paths ?? {}).sort()).toEqual([
      '/api/v1/dead-letters',
      '/api/v1/dead-letters/redrive',
      '/api/v1/events',
      '/api/v1/events/export',
      '/api/v1/events/stream',
      '/api/v1/events/{id}',
      '/api/v1/outbox',
      '/api/v1/outbox/parked',
      '/api/v1/outbox/parked/redrive',
      '/api/v1/outbox/parked/{id}/redrive',
      '/api/v1/products/{productId}/timeline',
    ]);
    const redrive = document.paths?.['/api/v1/dead-letters/redrive']?.post;
    expect(redrive?.description).toContain('Role: `admin`.');
    expect(Object.keys(redrive?.responses ?? {})).toEqual([
      '200',
      '400',
      '401',
      '403',
      '429',
      '503',
    ]);
  });

  it('says what the validation accepts', () => {
    const parameters = document.paths?.['/api/v1/events']?.get?.parameters as
      { name: string; schema: object; required?: boolean }[] | undefined;
    const byName = new Map(parameters?.map((parameter) => [parameter.name, parameter]));
    expect([...byName.keys()].sort()).toEqual([
      'correlationId',
      'cursor',
      'from',
      'limit',
      'productId',
      'sku',
      'to',
      'type',
      'variantId',
      'warehouseId',
    ]);
    expect(byName.get('limit')?.schema).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 1000,
    });
    expect(byName.get('productId')?.schema).toMatchObject({ type: 'string', format: 'uuid' });
    expect(byName.get('from')?.schema).toMatchObject({ type: 'string', format: 'date-time' });
    expect(byName.get('type')?.schema).toMatchObject({
      type: 'array',
      items: { enum: expect.arrayContaining(['LOW_STOCK']) },
    });
    expect(parameters?.some((parameter) => parameter.required === true)).toBe(false);
  });
});
