/**
 * Import this first in `main.ts`: OpenTelemetry can only hook libraries that are loaded after it.
 * It does nothing, and loads nothing, unless OTEL_EXPORTER_OTLP_ENDPOINT is set. The SDK reads its
 * other OTEL_ variables by itself, which is why this is not part of an app's config.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- loaded only when tracing is on */
import { setActiveTracing } from './active-tracing';

if ((process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '') !== '') startTracing();

function startTracing(): void {
  const { NodeSDK } =
    require('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ instrumentations: loadInstrumentations() });
  sdk.start();
  setActiveTracing(() => sdk.shutdown());
}

function loadInstrumentations() {
  const http =
    require('@opentelemetry/instrumentation-http') as typeof import('@opentelemetry/instrumentation-http');
  const express =
    require('@opentelemetry/instrumentation-express') as typeof import('@opentelemetry/instrumentation-express');
  const pg =
    require('@opentelemetry/instrumentation-pg') as typeof import('@opentelemetry/instrumentation-pg');
  const amqplib =
    require('@opentelemetry/instrumentation-amqplib') as typeof import('@opentelemetry/instrumentation-amqplib');
  const ioredis =
    require('@opentelemetry/instrumentation-ioredis') as typeof import('@opentelemetry/instrumentation-ioredis');
  return [
    new http.HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url = '' }) =>
        url.startsWith('/health') || url.startsWith('/metrics'),
    }),
    new express.ExpressInstrumentation(),
    new pg.PgInstrumentation({ requireParentSpan: true }),
    new amqplib.AmqplibInstrumentation(),
    new ioredis.IORedisInstrumentation({ requireParentSpan: true }),
  ];
}
