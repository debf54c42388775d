import { Client, type PoolClient } from 'pg';

/** What this turn sends through a pipelined session leaves in one write, not one by one. */
export function writeTogether(client: PoolClient): void {
  if (!(client instanceof Client)) return;
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
