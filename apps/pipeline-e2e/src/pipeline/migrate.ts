import { workspaceRoot } from '@inventory-events/testing';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Brings a database up to date the way operators do. */
export async function migrate(databaseUrl: string): Promise<void> {
  const script = join(workspaceRoot, 'dist', 'tools', 'migrate', 'main.js');
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl };
  await promisify(execFile)(process.execPath, [script], { env, cwd: workspaceRoot });
}
