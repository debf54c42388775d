import { coerceError } from '@inventory-events/errors';
import type { Logger } from '../observability/create-logger';
import type { Service } from './service';
import { stopInOrder } from './stop-in-order';

export type LifecycleState = 'idle' | 'starting' | 'running' | 'stopping' | 'stopped';

export interface Lifecycle {
  readonly state: LifecycleState;
  /** Starts the services in order. Resolves at once when a stop came first. */
  start(): Promise<void>;
  /** Legal at any time and any number of times; every caller gets the one result. */
  stop(): Promise<boolean>;
}

export interface LifecycleOptions {
  readonly services: readonly Service[];
  readonly logger: Logger;
  readonly shutdownTimeoutMs: number;
}

export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { services, logger, shutdownTimeoutMs } = options;
  let state: LifecycleState = 'idle';
  let starting: Promise<void> | undefined;
  let stopping: Promise<boolean> | undefined;
  const begun: Service[] = [];

  async function startAll(): Promise<void> {
    state = 'starting';
    for (const service of services) {
      // A stop that came in the meantime ends the start; it stops what has begun so far.
      if (state !== 'starting') return;
      begun.push(service);
      try {
        await service.start();
      } catch (error) {
        const reason = coerceError(error).message;
        throw new Error(`${service.name} failed to start: ${reason}`, { cause: error });
      }
    }
    if (state === 'starting') state = 'running';
  }

  async function stopAll(): Promise<boolean> {
    state = 'stopping';
    const clean = await stopInOrder({ services: begun, logger, timeoutMs: shutdownTimeoutMs });
    state = 'stopped';
    return clean;
  }

  return {
    get state() {
      return state;
    },
    start() {
      starting ??= stopping === undefined ? startAll() : Promise.resolve();
      return starting;
    },
    stop() {
      stopping ??= stopAll();
      return stopping;
    },
  };
}
