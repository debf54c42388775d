import { AppError, coerceError } from '@inventory-events/errors';
import type { ConsumeMessage } from 'amqplib';
import type { ConsumerSession } from './consumer-session';
import { deliveryCount } from './delivery-count';
import { SUSPECT_AFTER_DELIVERIES } from './step-size';

/** A message on its way through the consumer: what it says, or why it is refused. */
export interface Entry<T> {
  readonly message: ConsumeMessage;
  readonly session: ConsumerSession;
  readonly deliveryCount: number;
  /** It may be what crashed the processes before: not looked into until that is on record. */
  readonly isSuspect: boolean;
  value: T | undefined;
  rejection: AppError | undefined;
}

/**
 * Only the head of the queue can be what crashed the processes before: by then messages went one by
 * one, and those before it are acknowledged. The others were merely delivered beside it.
 */
export function toEntry<T>(
  session: ConsumerSession,
  message: ConsumeMessage,
  isHead: boolean,
  decode: (message: ConsumeMessage) => T,
): Entry<T> {
  const count = deliveryCount(message);
  const isSuspect = isHead && count >= SUSPECT_AFTER_DELIVERIES;
  const entry: Entry<T> = {
    message,
    session,
    deliveryCount: count,
    isSuspect,
    value: undefined,
    rejection: undefined,
  };
  if (!isSuspect) decodeEntry(entry, decode);
  return entry;
}

export function decodeEntry<T>(entry: Entry<T>, decode: (message: ConsumeMessage) => T): void {
  try {
    entry.value = decode(entry.message);
  } catch (thrown) {
    entry.rejection = toRejection(coerceError(thrown));
  }
}

function toRejection(error: Error): AppError {
  if (error instanceof AppError) return error;
  return new AppError('INVALID_MESSAGE', `could not be decoded: ${error.message}`, {
    cause: error,
  });
}
