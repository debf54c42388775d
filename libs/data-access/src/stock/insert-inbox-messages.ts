import type { ClientBase } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';
import { byteaArray } from '../parameters/bytea-array';
import { textArray } from '../parameters/text-array';

export interface InboxRow {
  messageId: string;
  source: string;
  bodyHash: Buffer;
  outcome: string;
  correlationId: string;
  /** JSON text to answer a repetition with; null where nobody waits for an answer. */
  result: string | null;
}

/**
 * Inserts into the partition of the time; index: its primary key. A message that another session
 * took in the meantime violates it (23505): the batch rolls back and sees it on its next try.
 */
export const INSERT_INBOX_MESSAGES_SQL = `
INSERT INTO inbox_messages (message_id, period, received_at, source, body_hash, outcome,
  correlation_id, result)
SELECT message_id, $7::date, to_timestamp($6::float8 / 1000.0), source, body_hash, outcome,
  correlation_id, result::jsonb
FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $5::text[], $8::text[])
  AS m (message_id, source, body_hash, outcome, correlation_id, result)`;

const PERIOD_MS = 7 * 86_400_000;

/** The first day (UTC) of the seven in which a message id is unique by constraint. */
function inboxPeriod(nowMs: number): string {
  return new Date(Math.floor(nowMs / PERIOD_MS) * PERIOD_MS).toISOString().slice(0, 10);
}

export async function insertInboxMessages(
  client: ClientBase,
  messages: readonly InboxRow[],
  nowMs: number,
): Promise<void> {
  await client.query({
    name: 'insert-inbox-messages',
    text: INSERT_INBOX_MESSAGES_SQL,
    values: [
      arrayLiteral(messages.map((row) => row.messageId)),
      textArray(messages.map((row) => row.source)),
      byteaArray(messages.map((row) => row.bodyHash)),
      arrayLiteral(messages.map((row) => row.outcome)),
      textArray(messages.map((row) => row.correlationId)),
      nowMs,
      inboxPeriod(nowMs),
      textArray(messages.map((row) => row.result)),
    ],
  });
}
