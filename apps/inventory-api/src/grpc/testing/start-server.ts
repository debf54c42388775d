import { AppError } from '@inventory-events/errors';
import type { Service } from '@inventory-events/service-runtime';
import { ROLES, type Principal } from '@inventory-events/service-runtime/http';
import { freePort } from '@inventory-events/testing';
import { type Channel, createChannel, createClient, Metadata } from 'nice-grpc';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { StockServiceDefinition } from '../../generated/inventory/stock/v1/stock';
import { InventoryServiceDefinition } from '../../generated/inventory/v1/inventory';
import { createGrpcServer, type GrpcServerOptions } from '../create-grpc-server';

/** Counts as a store of limits does, for ever. */
function createCounter() {
  const hits = new Map<string, number>();
  return {
    hits,
    increment(key: string) {
      const totalHits = (hits.get(key) ?? 0) + 1;
      hits.set(key, totalHits);
      return { totalHits, resetTime: new Date(Date.now() + 5_000) };
    },
  };
}

/** The token is the name of its role. */
function verifyToken(token: string): Promise<Principal> {
  const roles = ROLES.filter((role) => role === token);
  if (roles.length === 0 && token !== 'nobody') {
    return Promise.reject(new AppError('UNAUTHENTICATED', 'The bearer token is not valid.'));
  }
  return Promise.resolve({ subject: token, roles, expiresAtMs: Date.now() + 60_000 });
}

export interface TestServer {
  readonly service: Service;
  readonly port: number;
  readonly registry: Registry;
  readonly logged: string[];
  readonly channel: Channel;
  readonly subjects: ReturnType<typeof createCounter>;
  readonly addresses: ReturnType<typeof createCounter>;
  inventory: ReturnType<typeof createClient<InventoryServiceDefinition>>;
  stock: ReturnType<typeof createClient<StockServiceDefinition>>;
  stop(): Promise<void>;
}

type Doubles = Partial<Pick<GrpcServerOptions, 'isReady'>> & {
  readonly port?: number;
  readonly perMinute?: number;
  readonly stock?: Partial<GrpcServerOptions['stock']>;
  readonly reservations?: Partial<GrpcServerOptions['reservations']>;
  readonly availability?: Partial<GrpcServerOptions['availability']>;
};

/** The server in this process, on doubles of the use cases. */
export async function createTestServer(doubles: Doubles = {}): Promise<TestServer> {
  const { perMinute = 1_000, isReady = () => Promise.resolve(true) } = doubles;
  const port = doubles.port ?? (await freePort());
  const registry = new Registry();
  const logged: string[] = [];
  const [subjects, addresses] = [createCounter(), createCounter()];
  const service = createGrpcServer({
    port,
    logger: pino({}, { write: (line: string) => void logged.push(line) }),
    registry,
    verifyToken,
    limits: { perMinute, subjects, addresses },
    isReady,
    stock: doubles.stock as GrpcServerOptions['stock'],
    reservations: doubles.reservations as GrpcServerOptions['reservations'],
    availability: doubles.availability as GrpcServerOptions['availability'],
  });
  const channel = createChannel(`127.0.0.1:${port}`);
  return {
    service,
    port,
    registry,
    logged,
    channel,
    subjects,
    addresses,
    inventory: createClient(InventoryServiceDefinition, channel),
    stock: createClient(StockServiceDefinition, channel),
    async stop() {
      channel.close();
      await service.stopIntake?.();
      await service.drain?.(AbortSignal.timeout(2_000));
      await service.close?.();
    },
  };
}

export function as(role: string, metadata: Record<string, string> = {}) {
  return { metadata: Metadata({ authorization: `Bearer ${role}`, ...metadata }) };
}
