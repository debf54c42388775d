import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import type { Logger, Service } from '@inventory-events/service-runtime';
import type { TokenVerifier } from '@inventory-events/service-runtime/http';
import { createServer, type Server } from 'nice-grpc';
import { HealthDefinition, HealthServiceImpl, HealthState } from 'nice-grpc-server-health';
import { ServerReflection, ServerReflectionService } from 'nice-grpc-server-reflection';
import { networkInterfaces } from 'node:os';
import type { Registry } from 'prom-client';
import type { Availability } from '../availability/availability';
import { DESCRIPTOR_SET } from '../generated/descriptor-set';
import { StockServiceDefinition } from '../generated/inventory/stock/v1/stock';
import { InventoryServiceDefinition } from '../generated/inventory/v1/inventory';
import type { Reservations } from '../reservations/reservations';
import type { Stock } from '../stock/stock';
import { admitCalls } from './calls/admit-calls';
import { type CallLimitOptions, createCallLimits } from './calls/call-limits';
import { endStreams } from './calls/end-streams';
import { answerErrors } from './errors/answer-errors';
import { followReadiness } from './health/follow-readiness';
import { createInventoryService } from './inventory/create-inventory-service';
import { limitCalls } from './limits/limit-calls';
import { observeCalls } from './limits/observe-calls';
import { SERVER_OPTIONS } from './limits/server-options';
import { createStockService } from './stock/create-stock-service';

export interface GrpcServerOptions {
  readonly port: number;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly verifyToken: TokenVerifier;
  readonly limits: CallLimitOptions;
  /** What the health service says while it doesn't stop. */
  isReady(): Promise<boolean>;
  readonly stock: Stock;
  readonly reservations: Reservations;
  readonly availability: Availability;
}

const SERVICES = [
  InventoryServiceDefinition.fullName,
  StockServiceDefinition.fullName,
  HealthDefinition.fullName,
];

/**
 * The gRPC API. Stopping: the health service says NOT_SERVING and clients are told to go elsewhere,
 * calls under way are answered, streams are ended, and what is left when the time is up is cut.
 */
export function createGrpcServer(options: GrpcServerOptions): Service {
  const stopping = new AbortController();
  const health = HealthState();
  // Each watcher is one.
  health.setMaxListeners(0);
  const { isReady } = options;
  const readiness = followReadiness({ health, serviceNames: ['', ...SERVICES], isReady });
  const server = addServices(options, health, stopping.signal);
  let starting: Promise<unknown> = Promise.resolve();
  let ending: Promise<void> | undefined;

  /** A stop that comes while the port is being bound waits for it, or it would stay bound. */
  async function end(): Promise<void> {
    await starting.catch(() => undefined);
    await server.shutdown();
  }

  return {
    name: 'grpc-server',
    async start() {
      if (ending !== undefined) return;
      starting = server.listen(`${anyAddress()}:${options.port}`);
      await starting;
      if (ending === undefined) readiness.start();
    },
    async stopIntake() {
      readiness.stop();
      ending ??= end();
      await starting.catch(() => undefined);
    },
    async drain(signal) {
      stopping.abort();
      const cut = () => server.forceShutdown();
      signal.addEventListener('abort', cut, { once: true });
      if (signal.aborted) cut();
      await ending;
      signal.removeEventListener('abort', cut);
    },
    async close() {
      readiness.stop();
      stopping.abort();
      ending ??= end();
      await starting.catch(() => undefined);
      server.forceShutdown();
    },
  };
}

function addServices(
  options: GrpcServerOptions,
  health: HealthState,
  stopping: AbortSignal,
): Server {
  const { logger, registry, verifyToken } = options;
  // The library writes to the console what it also throws.
  setLogVerbosity(logVerbosity.NONE);
  // Interceptors see a call in this order: the last one listed is the nearest to its handler.
  const interceptors = [observeCalls(registry), limitCalls];
  const server = createServer({ ...SERVER_OPTIONS, interceptors }).use(
    answerErrors(logger.child({ component: 'grpc' })),
  );
  const limits = createCallLimits(options.limits);
  const admitted = server.with(admitCalls({ verifyToken, limits }));
  admitted.add(InventoryServiceDefinition, createInventoryService(options));
  admitted.add(StockServiceDefinition, createStockService(options));
  // These two alone have streams.
  const ended = endStreams(stopping);
  admitted.with(ended).add(ServerReflectionService, ServerReflection(DESCRIPTOR_SET, SERVICES));
  // As over HTTP, health alone needs no token.
  server.with(ended).add(HealthDefinition, HealthServiceImpl(health));
  return server;
}

/** Both families where there are both: HTTP listens so too. */
function anyAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  return addresses.some(({ family }) => family === 'IPv6') ? '[::]' : '0.0.0.0';
}
