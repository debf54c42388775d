import type { Logger } from '../observability/create-logger';
import type { Service } from './service';

export interface StopOptions {
  readonly services: readonly Service[];
  readonly logger: Logger;
  /** From the first call to the last `close`. */
  readonly timeoutMs: number;
}

/** Shares of the time-out: after the first, work in hand is given back; the rest is for closing. */
const DRAIN_SHARE = 0.7;
const GIVE_BACK_SHARE = 0.85;

/**
 * Stops intake everywhere, drains everywhere, then closes last-in-first-out. A step that fails or
 * hangs is logged and doesn't keep the others from their turn. True when every step succeeded.
 */
export async function stopInOrder({ services, logger, timeoutMs }: StopOptions): Promise<boolean> {
  const startedAt = performance.now();
  const remainingMs = (share: number) =>
    Math.max(0, timeoutMs * share - (performance.now() - startedAt));
  const steps: boolean[] = [];

  const run = async (service: Service, phase: string, share: number, work?: Promise<void>) => {
    if (work === undefined) return;
    try {
      const finished = await settlesWithin(work, remainingMs(share));
      if (!finished) logger.error({ component: service.name, phase }, 'stop step timed out');
      steps.push(finished);
    } catch (error) {
      logger.error({ err: error, component: service.name, phase }, 'stop step failed');
      steps.push(false);
    }
  };

  await Promise.all(
    services.map((service) =>
      run(
        service,
        'stopIntake',
        DRAIN_SHARE,
        attempt(() => service.stopIntake?.()),
      ),
    ),
  );
  const abort = new AbortController();
  const abortTimer = setTimeout(() => abort.abort(), remainingMs(DRAIN_SHARE));
  await Promise.all(
    services.map((service) =>
      run(
        service,
        'drain',
        GIVE_BACK_SHARE,
        attempt(() => service.drain?.(abort.signal)),
      ),
    ),
  );
  clearTimeout(abortTimer);
  for (const service of services.toReversed()) {
    await run(
      service,
      'close',
      1,
      attempt(() => service.close?.()),
    );
  }
  return steps.every(Boolean);
}

/** A method that throws instead of rejecting is treated alike. */
async function attempt(work: () => Promise<void> | undefined): Promise<void> {
  await work();
}

async function settlesWithin(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, false);
  });
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
