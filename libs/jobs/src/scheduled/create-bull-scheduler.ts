import { setTimeout } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { createRedis, reconnecting } from '../redis/create-redis';

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

const CLOSE_TIMEOUT_MS = 1_000;

interface BullParts {
  readonly queue: Queue;
  readonly worker: Worker;
}

/**
 * BullMQ waits for ever for a Redis that never answered, so its parts are made when a connection of
 * our own, which fails fast, is up for the first time.
 */
export function createBullScheduler(
  options: BullSchedulerOptions,
  run: () => Promise<void>,
): BullScheduler {
  const { name, everyMs, redisUrl, logger } = options;
  const redis = createRedis({ url: redisUrl, name: `job-${name}`, logger });
  let parts: BullParts | undefined;
  let isStopping = false;

  async function ensure(): Promise<boolean> {
    if (isStopping || !redis.isConnected()) return false;
    parts ??= createParts(options, redis.client, run);
    try {
      const scheduled = await parts.queue.getJobScheduler(name);
      const isOverdue = Date.now() - (scheduled?.next ?? 0) > 2 * everyMs;
      if (scheduled?.every === everyMs && !isOverdue) return true;
      await parts.queue.upsertJobScheduler(name, { every: everyMs }, { name });
    } catch (error) {
      logger.warn({ err: error }, 'the job scheduler could not be checked');
    }
    return false;
  }

  redis.client.on('ready', () => void ensure());
  void redis.start();
  return {
    ensure,
    async stopIntake() {
      isStopping = true;
      // Takes no more jobs; the one under way is the drain's.
      await parts?.worker.pause(true);
    },
    async close() {
      isStopping = true;
      if (parts !== undefined) await closeParts(parts, redis.isConnected());
      await redis.close();
    },
  };
}

function createParts(
  { name, redisUrl, keyPrefix: prefix, logger }: BullSchedulerOptions,
  connection: ReturnType<typeof createRedis>['client'],
  run: () => Promise<void>,
): BullParts {
  const queue = new Queue(name, {
    prefix,
    connection,
    skipVersionCheck: true,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: 10 },
  });
  const worker = new Worker(name, run, {
    prefix,
    connection: { url: redisUrl, ...reconnecting(`job-${name}`), maxRetriesPerRequest: null },
    concurrency: 1,
    skipVersionCheck: true,
  });
  // Both repeat an outage at every attempt to connect; createRedis logs it once.
  queue.on('error', (error) => logger.debug({ err: error }, 'queue error'));
  worker.on('error', (error) => logger.debug({ err: error }, 'worker error'));
  return { queue, worker };
}

async function closeParts({ queue, worker }: BullParts, isConnected: boolean): Promise<void> {
  if (isConnected) {
    // Not forced, so that the last job is marked as done; bounded, as Redis may go away meanwhile.
    const timer = new AbortController();
    const timeout = setTimeout(CLOSE_TIMEOUT_MS, undefined, { signal: timer.signal });
    await Promise.race([worker.close(), timeout]);
    timer.abort();
    await timeout.catch(() => undefined);
  } else {
    await worker.close(true);
  }
  await queue.close();
}
