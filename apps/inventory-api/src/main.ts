import '@inventory-events/service-runtime/tracing';
import {
  createLogger,
  createMetrics,
  runMain,
  runService,
} from '@inventory-events/service-runtime';
import { createInventoryApp } from './app';
import { loadConfig } from './config';

const name = 'inventory-api';

void runMain(() => {
  const config = loadConfig(process.env);
  const { port, shutdownTimeoutMs } = config;
  const logger = createLogger({ name, level: config.logLevel });
  const registry = createMetrics(name);
  const { services, httpApp } = createInventoryApp({ config, logger, registry });
  return runService({ name, services, httpApp, registry, logger, port, shutdownTimeoutMs });
});
