import type { Pool, PoolClient } from 'pg';
import { uuidV7Floor } from '../ids/uuid-v7-floor';
import { archiveMovements } from '../proof/archive-movements';
import { withTransaction } from '../transactions/with-transaction';

const DAY_MS = 86_400_000;
const PARTITION_DAYS = 7;
const MAINTENANCE_LOCK = 7_270_740;

export interface PartitionRetention {
  /** Days of audit log and of movements kept; 0 keeps all. */
  auditDays: number;
  movementDays: number;
  /** Days for which a redelivered message is still recognised. */
  inboxDays: number;
}

export interface PartitionMaintenance {
  /** `skipped`: another process is at it. */
  outcome: 'done' | 'skipped';
  made: number;
  dropped: string[];
}

/**
 * Makes the time partitions of the next three weeks and drops those wholly past their retention.
 * Any number of replicas may run it at any time: one does the work, the others skip. Dropping
 * waits for no lock longer than a second: it fails then, and the next run tries again. What dropped
 * movements add up to is kept in the same transaction, so that the proof can do without them.
 */
export async function maintainPartitions(
  pool: Pool,
  retention: PartitionRetention,
): Promise<PartitionMaintenance> {
  const made = await exclusively(pool, makeAhead);
  if (made === 'skipped') return { outcome: 'skipped', made: 0, dropped: [] };
  const dropped: string[] = [];
  for (const [parent, days] of [
    ['inventory_events', retention.auditDays],
    ['stock_movements', retention.movementDays],
    ['inbox_messages', retention.inboxDays],
  ] as const) {
    // A transaction each: dropping one locks its parent until the transaction ends.
    for (;;) {
      const name = await exclusively(pool, (client) => dropOldest(client, parent, days));
      if (name === undefined) break;
      if (name === 'skipped') return { outcome: 'done', made, dropped };
      dropped.push(name);
    }
  }
  return { outcome: 'done', made, dropped };
}

function exclusively<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T | 'skipped'> {
  return withTransaction(pool, async (client) => {
    await client.query("SET LOCAL lock_timeout = '1s'");
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_xact_lock($1) AS held',
      [MAINTENANCE_LOCK],
    );
    return rows[0]?.held ? work(client) : 'skipped';
  });
}

async function makeAhead(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ made: string }>(
    `SELECT sum(ensure_time_partitions(parent::regclass, make_interval(days => $1),
              now() - interval '1 day', now() + interval '21 days')) AS made
     FROM unnest(ARRAY['inventory_events', 'stock_movements', 'inbox_messages']) AS parent`,
    [PARTITION_DAYS],
  );
  return Number(rows[0]?.made ?? 0);
}

/** A partition's name ends in its lower bound: `_YYYYMMDDtHHMI` in UTC. */
async function dropOldest(
  client: PoolClient,
  parent: string,
  days: number,
): Promise<string | undefined> {
  if (days === 0) return undefined;
  const { rows } = await client.query<{ name: string; now: Date }>(
    `SELECT c.oid::regclass::text AS name, now() AS now
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = $1::regclass`,
    [parent],
  );
  const [oldest] = rows
    .map(({ name, now }) => ({ name, upperMs: upperBoundMs(name), now }))
    .filter(({ upperMs, now }) => upperMs <= now.getTime() - days * DAY_MS)
    .sort((one, other) => one.upperMs - other.upperMs);
  if (oldest === undefined) return undefined;
  const { name, upperMs } = oldest;
  if (parent === 'stock_movements') {
    await archiveMovements(client, { partition: name, upperBoundId: uuidV7Floor(upperMs) });
  }
  await client.query(`DROP TABLE ${name}`);
  return name;
}

function upperBoundMs(name: string): number {
  const match = /_(\d{4})(\d{2})(\d{2})t(\d{2})(\d{2})$/.exec(name);
  if (match === null) return Number.POSITIVE_INFINITY;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute) + PARTITION_DAYS * DAY_MS;
}
