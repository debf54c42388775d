import type { ClientBase, Pool } from 'pg';

/** Index: reservations_pending_expiry_idx, its first entry. */
export const READ_OLDEST_OVERDUE_AGE_SQL = `
SELECT extract(epoch FROM statement_timestamp() - expires_at)::float8
FROM reservations
WHERE status = 'PENDING' AND expires_at <= statement_timestamp()
ORDER BY expires_at LIMIT 1`;

/** Seconds since the end of the hold that is overdue longest; 0 where none is. */
export async function readOldestOverdueAge(db: Pool | ClientBase): Promise<number> {
  const { rows } = await db.query<[number]>({
    name: 'read-oldest-overdue-age',
    text: READ_OLDEST_OVERDUE_AGE_SQL,
    rowMode: 'array',
  });
  return rows[0]?.[0] ?? 0;
}
