import '@inventory-events/service-runtime/tracing';
import {
  createLogger,
  createMetrics,
  runMain,
  runService,
} from '@inventory-events/service-runtime';
import { createIngestApp } from './app';
import { loadConfig } from './config';

const name = 'ingest-worker';

void runMain(() => {
  const config = loadConfig(process.env);
  const { port, shutdownTimeoutMs } = config;
  const logger = createLogger({ name, level: config.logLevel });
  const registry = createMetrics(name);
  const services = createIngestApp({ config, logger, registry });
  return runService({ name, services, registry, logger, port, shutdownTimeoutMs });
});
