import type { BuiltApp } from '../../build/app-name';
import type { World } from '../../world/open-world';

/** Ends every session that an app has in the world's database. */
export async function terminateSessions({ pool }: World, app: BuiltApp): Promise<void> {
  await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE $1`,
    [`${app}%`],
  );
}
