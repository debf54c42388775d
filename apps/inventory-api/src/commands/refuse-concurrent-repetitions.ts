import { AppError } from '@inventory-events/errors';
import type { CommandQueue } from '@inventory-events/stock-ledger';

/**
 * Refuses a command whose id is that of one under way in this process: its idempotency key belongs
 * to a request that has no answer yet. Of another process such a command waits in the ledger, for
 * the same locks, and is answered with what was answered there.
 */
export function refuseConcurrentRepetitions(queue: CommandQueue): CommandQueue {
  const underWay = new Map<string, Buffer>();
  return {
    ...queue,
    async execute(command, signal) {
      const { messageId, bodyHash } = command;
      const first = underWay.get(messageId);
      if (first !== undefined) throw first.equals(bodyHash) ? inProgress() : reused();
      underWay.set(messageId, bodyHash);
      try {
        return await queue.execute(command, signal);
      } finally {
        underWay.delete(messageId);
      }
    },
  };
}

function inProgress(): AppError {
  return new AppError(
    'IDEMPOTENCY_KEY_IN_PROGRESS',
    'The first request with this idempotency key has no answer yet.',
  );
}

function reused(): AppError {
  return new AppError(
    'IDEMPOTENCY_KEY_REUSED',
    'This idempotency key was used for another request.',
  );
}
