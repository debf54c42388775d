import type { Logger } from 'pino';
import { createBullScheduler, type BullScheduler } from './create-bull-scheduler';
import { createSingleFlight } from './create-single-flight';

export interface ScheduledJobOptions {
  /** Also the queue's name: letters, digits and dashes. */
  readonly name: string;
  readonly everyMs: number;
  /**
   * Must be safe to run on several replicas at once and again after a crash: what has to happen is
   * a row in PostgreSQL, Redis only says when. The signal aborts when the app stops.
   */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly redisUrl: string;
  readonly logger: Logger;
  /** Before every key in Redis. */
  readonly keyPrefix?: string;
}

export interface ScheduledJob {
  readonly name: string;
  start(): Promise<void>;
  stopIntake(): Promise<void>;
  drain(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
  /** Runs now, or joins the run under way. */
  runNow(): Promise<void>;
}

/** So long may the others have all the turns. */
const PATIENCE_PERIODS = 10;

/**
 * Runs `run` every `everyMs` once among all replicas, by a BullMQ job scheduler. A local timer of the
 * same period looks after it: it puts a scheduler back that Redis lost, and runs the job itself
 * while Redis is away or the scheduler is overdue, and also when no run of this replica has
 * succeeded for ten periods, whatever Redis says: its jobs may go to one that fails them all.
 */
export function createScheduledJob(options: ScheduledJobOptions): ScheduledJob {
  const { name, everyMs, redisUrl, keyPrefix = 'inventory-events' } = options;
  const logger = options.logger.child({ component: `job:${name}` });
  const abort = new AbortController();
  let succeededAt = performance.now();
  const flight = createSingleFlight(async () => {
    try {
      await options.run(abort.signal);
      succeededAt = performance.now();
    } catch (error) {
      logger.error({ err: error }, 'scheduled job failed');
    }
  });
  let scheduler: BullScheduler | undefined;
  let timer: NodeJS.Timeout | undefined;

  const check = async (): Promise<void> => {
    const isServed = await scheduler?.ensure();
    const isForgotten = performance.now() - succeededAt > PATIENCE_PERIODS * everyMs;
    if ((isServed !== true || isForgotten) && timer !== undefined) await flight.run();
  };
  return {
    name,
    start() {
      if (timer !== undefined || abort.signal.aborted) return Promise.resolve();
      succeededAt = performance.now();
      scheduler = createBullScheduler({ name, everyMs, redisUrl, keyPrefix, logger }, flight.run);
      timer = setInterval(() => void check(), everyMs);
      return Promise.resolve();
    },
    async stopIntake() {
      clearInterval(timer);
      timer = undefined;
      await scheduler?.stopIntake();
    },
    async drain(signal) {
      signal.addEventListener('abort', () => abort.abort(), { once: true });
      if (signal.aborted) abort.abort();
      await flight.settled();
    },
    async close() {
      clearInterval(timer);
      abort.abort();
      await scheduler?.close();
    },
    runNow: flight.run,
  };
}
