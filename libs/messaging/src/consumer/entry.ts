import { AppError, coerceError } from '@inventory-events/errors';
import type { ConsumeMessage } from 'amqplib';
import type { ConsumerSession } from './consumer-session';
import { deliveryCount } from './delivery-count';

/** A message on its way through the consumer: what it says, or why it is refused. */
export interface Entry<T> {
  readonly message: ConsumeMessage;
  readonly session: ConsumerSession;
  readonly deliveryCount: number;
  readonly value: T | undefined;
  rejection: AppError | undefined;
}

export interface ToEntryOptions<T> {
  readonly maxCrashes: number;
  decode(message: ConsumeMessage): T;
}

/**
 * Only the head of the queue can be what crashed the processes before: by then messages went one by
 * one, and those before it are acknowledged. The others were merely delivered beside it.
 */
export function toEntry<T>(
  session: ConsumerSession,
  message: ConsumeMessage,
  isHead: boolean,
  options: ToEntryOptions<T>,
): Entry<T> {
  const count = deliveryCount(message);
  let value: T | undefined;
  let rejection: AppError | undefined;
  if (isHead && count >= options.maxCrashes) {
    rejection = neverFinished(count);
  } else {
    try {
      value = options.decode(message);
    } catch (thrown) {
      rejection = toRejection(coerceError(thrown));
    }
  }
  return { message, session, deliveryCount: count, value, rejection };
}

function toRejection(error: Error): AppError {
  if (error instanceof AppError) return error;
  return new AppError('INVALID_MESSAGE', `could not be decoded: ${error.message}`, {
    cause: error,
  });
}

function neverFinished(count: number): AppError {
  return new AppError(
    'ATTEMPTS_EXHAUSTED',
    `${count} processes ended while it was at the head of the queue: it may be what ends them`,
    { details: { attempts: count } },
  );
}
