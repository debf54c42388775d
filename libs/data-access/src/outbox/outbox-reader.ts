import type { Pool } from 'pg';
import type { PendingEvent } from './pending-event';
import { readOutboxDelta } from './read-outbox-delta';
import { readOutboxPage } from './read-outbox-page';
import { parseSnapshot, type Snapshot } from './snapshot';

export interface OutboxBatch {
  readonly rows: readonly PendingEvent[];
  /** False when more is waiting: read again at once. */
  readonly isCaughtUp: boolean;
  /** The database's clock during the read, where the read tells. */
  readonly databaseTimeMs?: number;
}

export interface OutboxReader {
  /**
   * The next rows of these partitions. Rows of one item come in the order of their sequence, each at
   * least once; a row that is not deleted comes again after a restart.
   */
  read(partitions: readonly number[], limit: number): Promise<OutboxBatch>;
  /**
   * Starts over with what is visible now: after every change of ownership, before the next read.
   * What a read that is under way finds is thrown away.
   */
  restart(): void;
}

type Cursor =
  | { readonly mode: 'starting' }
  | { readonly mode: 'paging'; readonly snapshot: Snapshot; readonly afterPosition: number }
  | { readonly mode: 'following'; readonly previous: Snapshot };

const START_SQL = `
  SELECT pg_current_snapshot()::text AS snapshot,
    (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`;

const NOTHING: OutboxBatch = { rows: [], isCaughtUp: false };

/**
 * Reads the outbox without missing late commits. Positions are drawn before the commit, so a lower
 * one may appear later: "everything behind the last position" loses events. The cursor is a snapshot
 * instead.
 * - starting: fix a snapshot.
 * - paging: all that was visible in it, page by page along the primary key.
 * - following: what became visible between the previous read's snapshot and this one's. When that
 *   is more than fits, the rest of it is paged.
 *
 * Within an item positions follow the commits, so in every mode what was read of an item so far is
 * the beginning of what there is.
 */
export function createOutboxReader({ pool }: { pool: Pool }): OutboxReader {
  let cursor: Cursor = { mode: 'starting' };

  /** Moves on, unless a restart came in between: then the rows read are not to be used. */
  function advance(from: Cursor, to: Cursor, batch: OutboxBatch): OutboxBatch {
    if (cursor !== from) return NOTHING;
    cursor = to;
    return batch;
  }

  async function start(from: Cursor): Promise<OutboxBatch> {
    const { rows } = await pool.query<{ snapshot: string; now: number }>(START_SQL);
    const snapshot = parseSnapshot(rows[0]?.snapshot ?? '');
    const batch = { ...NOTHING, databaseTimeMs: rows[0]?.now ?? Date.now() };
    return advance(from, { mode: 'paging', snapshot, afterPosition: 0 }, batch);
  }

  async function page(
    from: Cursor & { mode: 'paging' },
    partitions: readonly number[],
    limit: number,
  ): Promise<OutboxBatch> {
    const { snapshot, afterPosition } = from;
    const rows = await readOutboxPage(pool, {
      afterPosition,
      snapshot: snapshot.text,
      partitions,
      limit,
    });
    const last = rows.at(-1);
    const to: Cursor =
      last === undefined || rows.length < limit
        ? { mode: 'following', previous: snapshot }
        : { mode: 'paging', snapshot, afterPosition: last.position };
    return advance(from, to, { rows, isCaughtUp: false });
  }

  async function follow(
    from: Cursor & { mode: 'following' },
    partitions: readonly number[],
    limit: number,
  ): Promise<OutboxBatch> {
    const { previous } = from;
    const { rows, snapshot, databaseTimeMs } = await readOutboxDelta(pool, {
      previous,
      partitions,
      limit: limit + 1,
    });
    if (rows.length <= limit) {
      return advance(
        from,
        { mode: 'following', previous: snapshot },
        { rows, isCaughtUp: true, databaseTimeMs },
      );
    }
    rows.length = limit;
    const afterPosition = rows.at(-1)?.position ?? 0;
    return advance(from, { mode: 'paging', snapshot, afterPosition }, { rows, isCaughtUp: false });
  }

  return {
    read(partitions, limit) {
      if (cursor.mode === 'starting') return start(cursor);
      if (cursor.mode === 'paging') return page(cursor, partitions, limit);
      return follow(cursor, partitions, limit);
    },
    restart() {
      cursor = { mode: 'starting' };
    },
  };
}
