import { constants } from 'node:os';
import { coerceError } from '@inventory-events/errors';
import type { Registry } from 'prom-client';
import { createServiceServer } from '../server/create-service-server';
import type { HttpApp } from '../server/http-app';
import { createHealthReporter } from '../observability/create-health-reporter';
import { stopActiveTracing } from '../observability/active-tracing';
import type { Logger } from '../observability/create-logger';
import { createLifecycle } from './create-lifecycle';
import type { Service } from './service';

export interface RunServiceOptions {
  readonly name: string;
  readonly services: readonly Service[];
  readonly logger: Logger;
  readonly registry: Registry;
  /** 0 = any free port. */
  readonly port: number;
  readonly host?: string;
  readonly shutdownTimeoutMs: number;
  /** The app's own API, served on the same port beside health and metrics. */
  readonly httpApp?: HttpApp;
  /** The process to listen on and to end; replaced in tests. */
  readonly processPort?: ProcessPort;
}

/** What runService needs of `process`. */
export interface ProcessPort extends Pick<NodeJS.EventEmitter, 'on' | 'off'> {
  exit(code: number): unknown;
}

export interface RunningService {
  /** The port in use. */
  port(): number;
  /** Stops in order without ending the process. */
  stop(): Promise<boolean>;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs an app until a signal: not ready → stop intake → drain → close in reverse order → exit 0. A
 * second signal exits at once. An exception that nobody caught is logged, stops the app in the same
 * order and ends it with code 1.
 */
export async function runService(options: RunServiceOptions): Promise<RunningService> {
  const { logger, services } = options;
  const processPort: ProcessPort = options.processPort ?? process;
  const reporter = createHealthReporter({
    service: options.name,
    services,
    state: () => lifecycle.state,
  });
  const server = createServiceServer({ ...options, reporter });
  const lifecycle = createLifecycle({ ...options, services: [...services, server.intake] });
  let exitCode = 0;
  let stopping: Promise<boolean> | undefined;

  const stop = (): Promise<boolean> => {
    stopping ??= stopEverything();
    return stopping;
  };
  async function stopEverything(): Promise<boolean> {
    const clean = await lifecycle.stop();
    await server.close();
    removeListeners();
    return clean;
  }
  async function stopAndExit(): Promise<void> {
    const clean = await stop();
    await sendLastSpans(logger);
    logger.info({ clean }, 'stopped');
    processPort.exit(clean ? exitCode : 1);
  }

  const onSignal = (signal: (typeof SIGNALS)[number]): void => {
    if (stopping !== undefined) {
      logger.warn({ signal }, 'second signal, exiting at once');
      processPort.exit(128 + constants.signals[signal]);
      return;
    }
    logger.info({ signal }, 'stopping');
    void stopAndExit();
  };
  const onFatal = (error: unknown): void => {
    logger.fatal({ err: coerceError(error) }, 'uncaught exception, stopping');
    exitCode = 1;
    if (stopping === undefined) void stopAndExit();
  };
  const removeListeners = (): void => {
    for (const signal of SIGNALS) processPort.off(signal, onSignal);
    processPort.off('uncaughtException', onFatal);
    processPort.off('unhandledRejection', onFatal);
  };
  for (const signal of SIGNALS) processPort.on(signal, onSignal);
  processPort.on('uncaughtException', onFatal);
  processPort.on('unhandledRejection', onFatal);

  try {
    await server.listen();
    await lifecycle.start();
    logger.info({ port: server.port() }, 'started');
  } catch (error) {
    onFatal(error);
  }
  return { port: () => server.port(), stop };
}

/** A collector that is away must not make a clean stop a failure. */
async function sendLastSpans(logger: Logger): Promise<void> {
  try {
    await stopActiveTracing();
  } catch (error) {
    logger.warn({ err: coerceError(error) }, 'the last spans could not be sent');
  }
}
