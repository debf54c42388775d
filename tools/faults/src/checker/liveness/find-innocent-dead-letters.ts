import { isValid } from '../../workload/operation';
import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Valid messages in the dead-letter queue. */
export function findInnocentDeadLetters({ history }: Evidence): Finding[] {
  const valid = new Set(
    history.operations
      .filter(({ operation }) => isValid(operation))
      .map(({ operation }) => operation.messageId),
  );
  return history.deadLetters
    .filter(({ messageId }) => valid.has(messageId))
    .map(({ messageId, errorCode }) => ({
      verdict: 'innocent message dead-lettered',
      subject: `message ${messageId}`,
      detail: errorCode,
    }));
}
