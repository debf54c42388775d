import '@inventory-events/service-runtime/tracing';
import {
  createLogger,
  createMetrics,
  runMain,
  runService,
} from '@inventory-events/service-runtime';
import { createRelayApp } from './app';
import { loadConfig } from './config';

void runMain(() => {
  const config = loadConfig(process.env);
  const logger = createLogger({ name: 'outbox-relay', level: config.logLevel });
  const registry = createMetrics('outbox-relay');
  return runService({
    name: 'outbox-relay',
    services: [createRelayApp({ config, logger, registry })],
    logger,
    registry,
    port: config.port,
    shutdownTimeoutMs: config.shutdownTimeoutMs,
  });
});
