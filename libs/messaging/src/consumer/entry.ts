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
  readonly deliveryLimit: number;
  decode(message: ConsumeMessage): T;
}

export function toEntry<T>(
  session: ConsumerSession,
  message: ConsumeMessage,
  options: ToEntryOptions<T>,
): Entry<T> {
  const count = deliveryCount(message);
  let value: T | undefined;
  let rejection: AppError | undefined;
  if (count >= options.deliveryLimit) {
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
    `delivered ${count + 1} times and never finished: it may crash the process that handles it`,
    { details: { attempts: count } },
  );
}
