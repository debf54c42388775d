import { Queue, Worker, type ConnectionOptions } from 'bullmq';
import type { Logger } from 'pino';
import { reconnecting } from '../redis/create-redis';

export interface BullSchedulerOptions {
  readonly name: string;
  readonly everyMs: number;
  readonly redisUrl: string;
  readonly keyPrefix: string;
  readonly logger: Logger;
}

export interface BullScheduler {
  /** True when Redis will wake the job in time; puts the scheduler (back) in place if need be. */
  ensure(): Promise<boolean>;
  stopIntake(): Promise<void>;
  close(): Promise<void>;
}

export function createBullScheduler(
  options: BullSchedulerOptions,
  run: () => Promise<void>,
): BullScheduler {
  const { name, everyMs, redisUrl, keyPrefix: prefix, logger } = options;
  const connection = (overrides: object): ConnectionOptions => ({
    url: redisUrl,
    ...reconnecting(`job-${name}`),
    ...overrides,
  });
  const queue = new Queue(name, {
    prefix,
    connection: connection({
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 1_000,
    }),
    defaultJobOptions: { removeOnComplete: true, removeOnFail: 10 },
  });
  const worker = new Worker(name, run, {
    prefix,
    connection: connection({ maxRetriesPerRequest: null }),
    concurrency: 1,
  });
  // Both repeat the error at every attempt to connect; the check below tells once per period.
  queue.on('error', (error) => logger.debug({ err: error }, 'queue error'));
  worker.on('error', (error) => logger.debug({ err: error }, 'worker error'));

  async function ensure(): Promise<boolean> {
    try {
      const scheduled = await queue.getJobScheduler(name);
      const isOverdue = Date.now() - (scheduled?.next ?? 0) > 2 * everyMs;
      if (scheduled?.every === everyMs && !isOverdue) return true;
      await queue.upsertJobScheduler(name, { every: everyMs }, { name });
      return false;
    } catch (error) {
      logger.warn({ err: error }, 'Redis is away, the local timer runs the job');
      return false;
    }
  }
  void ensure();
  return {
    ensure,
    stopIntake: () => worker.pause(true),
    async close() {
      // Forced: the run under way has been drained, and Redis may be away.
      await worker.close(true);
      await queue.close();
    },
  };
}
