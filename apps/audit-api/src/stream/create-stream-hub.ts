import { AppError } from '@inventory-events/errors';
import type { Logger, Service } from '@inventory-events/service-runtime';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { EventTail } from './create-event-tail';
import { createStreamClient, type StreamClientOptions } from './create-stream-client';

export interface StreamHubOptions {
  readonly tail: EventTail;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly maxClients: number;
  readonly heartbeatIntervalMs: number;
}

export type ServeOptions = Pick<
  StreamClientOptions,
  'response' | 'position' | 'accepts' | 'expiresAtMs'
>;

export interface StreamHub extends Service {
  /** Serves one client until it leaves, falls too far behind, or the app stops. */
  serve(options: ServeOptions): Promise<void>;
}

/** All clients of the live stream of this process. */
export function createStreamHub(options: StreamHubOptions): StreamHub {
  const { tail, registry, maxClients, heartbeatIntervalMs } = options;
  const logger = options.logger.child({ component: 'stream' });
  const clients = new Set<{ end(): void }>();
  let isStopped = false;
  const sent = new Counter({
    name: 'audit_stream_events_sent_total',
    help: 'Events written to clients of the live stream.',
    registers: [registry],
  });
  const dropped = new Counter({
    name: 'audit_stream_clients_dropped_total',
    help: 'Clients disconnected because they read too slowly.',
    registers: [registry],
  });
  new Gauge({
    name: 'audit_stream_clients',
    help: 'Clients of the live stream.',
    registers: [registry],
    collect() {
      this.set(clients.size);
    },
  });

  return {
    name: 'stream',
    start: () => Promise.resolve(),
    async serve(serveOptions) {
      if (isStopped) throw new AppError('SHUTTING_DOWN', 'The server is stopping.');
      if (clients.size >= maxClients) {
        throw new AppError('DEPENDENCY_UNAVAILABLE', 'The stream has as many clients as it may.');
      }
      const client = createStreamClient({
        ...serveOptions,
        tail,
        heartbeatIntervalMs,
        onSent: (events) => sent.inc(events),
        onTooSlow: () => {
          dropped.inc();
          logger.warn('a client of the stream reads too slowly and is disconnected');
        },
      });
      clients.add(client);
      try {
        await client.run();
      } finally {
        clients.delete(client);
      }
    },
    stopIntake() {
      isStopped = true;
      for (const client of clients) client.end();
      return Promise.resolve();
    },
  };
}
