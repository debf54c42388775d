import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';

export interface ProcessedMessage {
  messageId: string;
  bodyHash: Buffer;
  /** What was answered, where the sender waits for an answer. */
  result: unknown;
}

/**
 * Index: inbox_messages_pkey of each partition. Run after the items are locked: a message of
 * the same item that another session processed meanwhile is then visible.
 */
export const FIND_PROCESSED_MESSAGES_SQL = `
SELECT message_id, body_hash, result FROM inbox_messages WHERE message_id = ANY ($1::uuid[])`;

/** Those of the messages that have had their effect already. */
export async function findProcessedMessages(
  client: ClientBase,
  messageIds: readonly string[],
): Promise<ProcessedMessage[]> {
  const { rows } = await client.query<[string, Buffer, unknown]>({
    name: 'find-processed-messages',
    text: FIND_PROCESSED_MESSAGES_SQL,
    rowMode: 'array',
    values: [arrayLiteral(messageIds)],
  });
  return rows.map(([messageId, bodyHash, result]) => ({ messageId, bodyHash, result }));
}
