import type { ConsumeMessage } from 'amqplib';
import { setTimeout as delay } from 'node:timers/promises';
import { reconnectDelayMs } from '../connection/reconnect-delay';
import type { BatchConsumerOptions } from './batch-consumer';
import { AppError, coerceError } from '@inventory-events/errors';
import { decodeEntry, type Entry } from './entry';
import { runBatch } from './run-batch';
import { suspectKey } from './suspect-key';

export type BatchRunnerOptions<T> = Pick<
  BatchConsumerOptions<T>,
  'queue' | 'decode' | 'handle' | 'maxAttempts' | 'suspects' | 'deadLetters' | 'observer' | 'logger'
>;

export interface BatchRunner<T> {
  /** Resolves when every message has had its effect or lies in the dead-letter queue. */
  run(batch: readonly Entry<T>[]): Promise<void>;
  /** What it is retrying for at the moment. */
  lastError(): Error | undefined;
}

export function createBatchRunner<T>(
  options: BatchRunnerOptions<T>,
  signal: AbortSignal,
): BatchRunner<T> {
  const { logger, observer } = options;
  let lastError: Error | undefined;

  async function decide(entries: readonly Entry<T>[]): Promise<void> {
    if (entries.length === 0) return;
    const verdicts = await runBatch(
      entries.map((entry) => entry.value as T),
      { handle: options.handle, maxAttempts: options.maxAttempts, pause },
    );
    entries.forEach((entry, index) => {
      entry.rejection = verdicts[index];
    });
  }

  async function pause(error: Error, attempt: number): Promise<void> {
    lastError = error;
    observer?.retried?.(error);
    logger.warn({ err: error, attempt }, 'batch failed, it is held and tried again');
    await delay(reconnectDelayMs(attempt), undefined, { signal });
  }

  /** Until it is confirmed, or no longer ours: then it comes again and is judged again. */
  async function deadLetter(entry: Entry<T>): Promise<void> {
    const { rejection } = entry;
    for (let attempt = 1; rejection && !entry.session.isLost(); attempt += 1) {
      try {
        await options.deadLetters.publish(entry.message, rejection);
        observer?.deadLettered?.(rejection.code);
        logger.warn({ err: rejection, ...describe(entry.message) }, 'message dead-lettered');
        return;
      } catch (thrown) {
        const both = new AggregateError([rejection, thrown], 'a refused message is still held');
        await pause(both, attempt);
      }
    }
  }

  /** Puts the attempt on record before anything looks into the message. */
  async function begin(suspect: Entry<T>, key: Buffer): Promise<void> {
    const { maxAttempts } = options.suspects;
    const attempt = await recorded(() => options.suspects.begin(key));
    if (attempt > maxAttempts) suspect.rejection = endsProcesses(maxAttempts);
    else decodeEntry(suspect, options.decode);
  }

  async function recorded<R>(write: () => Promise<R>): Promise<R> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await write();
      } catch (thrown) {
        await pause(coerceError(thrown), attempt);
      }
    }
  }

  return {
    async run(batch) {
      const suspect = batch.find((entry) => entry.isSuspect);
      const key = suspect && suspectKey(options.queue, suspect.message);
      if (suspect && key) await begin(suspect, key);
      await decide(batch.filter((entry) => entry.rejection === undefined));
      await Promise.all(batch.filter((entry) => entry.rejection !== undefined).map(deadLetter));
      if (key) await recorded(() => options.suspects.end(key));
      lastError = undefined;
    },
    lastError: () => lastError,
  };
}

function endsProcesses(attempts: number): AppError {
  return new AppError(
    'ATTEMPTS_EXHAUSTED',
    `${attempts} processes ended while they handled it alone: it may be what ends them`,
    { details: { attempts } },
  );
}

/** For the log; the properties are as untrusted as the body. */
function describe(message: ConsumeMessage): object {
  const messageId: unknown = message.properties.messageId;
  return {
    messageId: typeof messageId === 'string' ? messageId.slice(0, 100) : undefined,
    sizeBytes: message.content.length,
    redelivered: message.fields.redelivered,
  };
}
