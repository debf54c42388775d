import { findProcessedMessages } from '@inventory-events/data-access';
import { AppError } from '@inventory-events/errors';
import type { Database } from '../database';
import type { CommandContext } from './to-command-context';

/**
 * Throws IDEMPOTENCY_KEY_REUSED where one of the ids was another request's, before any of them has
 * an effect.
 */
export async function assertNotReused(
  pool: Database,
  contexts: readonly CommandContext[],
): Promise<void> {
  const hashes = new Map(contexts.map(({ messageId, bodyHash }) => [messageId, bodyHash]));
  const client = await pool.connect();
  try {
    const processed = await findProcessedMessages(client, [...hashes.keys()]);
    if (processed.every(({ messageId, bodyHash }) => hashes.get(messageId)?.equals(bodyHash)))
      return;
  } finally {
    client.release();
  }
  throw new AppError(
    'IDEMPOTENCY_KEY_REUSED',
    'This idempotency key was used for another request.',
  );
}
