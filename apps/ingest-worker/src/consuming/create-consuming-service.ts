import { coerceError } from '@inventory-events/errors';
import { backoffDelayMs, type Logger, type Service } from '@inventory-events/service-runtime';
import { setTimeout as delay } from 'node:timers/promises';
import type { QueueShare } from './queue-share';

const BACKOFF = { initialMs: 100, maxMs: 5_000 };

export interface ConsumingServiceOptions {
  readonly name: string;
  readonly logger: Logger;
  declareQueues(): Promise<readonly string[]>;
  createShare(queues: readonly string[]): QueueShare;
}

export interface ConsumingService extends Service {
  /** The queues that this worker serves at the moment. */
  servedQueues(): readonly string[];
}

/** Takes its share of the queues as soon as the broker has them, and keeps it until it stops. */
export function createConsumingService(options: ConsumingServiceOptions): ConsumingService {
  const abort = new AbortController();
  let share: QueueShare | undefined;
  let declared: Promise<void> | undefined;

  async function begin(): Promise<void> {
    for (let attempt = 1; !abort.signal.aborted; attempt += 1) {
      try {
        const queues = await options.declareQueues();
        if (abort.signal.aborted) return;
        share = options.createShare(queues);
        share.start();
        return;
      } catch (thrown) {
        // At the first attempt the connection is still being made.
        const level = attempt === 1 ? 'debug' : 'warn';
        options.logger[level]({ err: coerceError(thrown), attempt }, 'no queues to consume yet');
        await delay(backoffDelayMs(attempt, BACKOFF), undefined, { signal: abort.signal }).catch(
          () => undefined,
        );
      }
    }
  }

  function readinessDetail(): string | undefined {
    if (!share) return 'the queues are not declared yet';
    if (!share.isSharing()) return 'no lease session';
    for (const { queue, consumer } of share.consumers()) {
      if (consumer.state() === 'retrying') return `${queue}: ${consumer.lastError()?.message}`;
      if (consumer.state() === 'connecting') return `${queue}: not consuming yet`;
    }
    return undefined;
  }

  return {
    name: options.name,
    async start() {
      declared ??= begin();
    },
    async stopIntake() {
      abort.abort();
      await declared;
      await share?.cancel();
    },
    async drain(signal) {
      await share?.drain(signal);
    },
    async close() {
      abort.abort();
      await declared;
      await share?.close();
    },
    isReady: () => readinessDetail() === undefined,
    readinessDetail,
    servedQueues: () => share?.consumers().map(({ queue }) => queue) ?? [],
  };
}
