import type { Pool } from 'pg';

/** Index: suspect_messages_pkey. */
const SQL = 'DELETE FROM suspect_messages WHERE key = $1';

/** The process survived the message. */
export async function endSuspect(pool: Pool, key: Buffer): Promise<void> {
  await pool.query(SQL, [key]);
}
