import type { ClientBase, Pool } from 'pg';
import { arrayLiteral } from '../parameters/array-literal';

/** Index: outbox_messages_pkey. */
export const DELETE_OUTBOX_ROWS_SQL =
  'DELETE FROM outbox_messages WHERE position = ANY ($1::bigint[])';

/** Removes rows whose publication the broker confirmed. Repeating it is harmless. */
export async function deleteOutboxRows(
  db: Pool | ClientBase,
  positions: readonly number[],
): Promise<number> {
  const { rowCount } = await db.query({
    name: 'delete-outbox-rows',
    text: DELETE_OUTBOX_ROWS_SQL,
    values: [arrayLiteral(positions)],
  });
  return rowCount ?? 0;
}
