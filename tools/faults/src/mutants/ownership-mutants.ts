import { lateCommit } from '../scenarios/late-commit';
import { pausedRelay, silentRelay } from '../scenarios/paused-relay';
import type { Mutant } from './mutant';

const LEASE_SESSION = 'libs/data-access/src/leases/lease-session.ts';
const OUTBOX_READER = 'libs/data-access/src/outbox/outbox-reader.ts';

/** Which relay reads what of the outbox. */
export const ownershipMutants: readonly Mutant[] = [
  {
    name: 'cursor-relay',
    bug: 'the relay reads what lies behind the last position it has read',
    scenario: lateCommit,
    verdicts: ['stuck'],
    edits: {
      'outbox-relay': [
        {
          file: OUTBOX_READER,
          find: 'read(partitions, limit) {',
          replace: `async read(partitions, limit) {
            const { rows: [now] } = await pool.query(
              'SELECT pg_current_snapshot()::text AS snapshot');
            const afterPosition = this.lastPosition ?? 0;
            const page = { afterPosition, snapshot: now.snapshot, partitions, limit };
            const rows = await readOutboxPage(pool, page);
            this.lastPosition = rows.at(-1)?.position ?? afterPosition;
            return { rows, isCaughtUp: rows.length < limit };
          },
          readBySnapshot(partitions, limit) {`,
        },
      ],
    },
  },
  {
    name: 'skip-locked-relays',
    bug: 'relays take rows that no other has taken, whatever item they belong to',
    scenario: pausedRelay,
    verdicts: ['order violated'],
    edits: {
      'outbox-relay': [
        {
          file: LEASE_SESSION,
          find: 'return toView(await run<LookRow>(LOOK_SQL, [keys.partitionClass, keys.presenceClass]), keys);',
          replace: `await run(LOOK_SQL, [keys.partitionClass, keys.presenceClass]);
            return { members: [self], held: new Set() };`,
        },
        {
          file: LEASE_SESSION,
          find: 'pg_try_advisory_lock($1::int, wanted.partition)',
          replace: 'pg_try_advisory_lock_shared($1::int, wanted.partition)',
        },
        {
          file: OUTBOX_READER,
          find: "import { readOutboxPage } from './read-outbox-page';",
          replace: `import { readOutboxPage } from './read-outbox-page';
            import { readOutboxRows } from './read-outbox-rows';`,
        },
        {
          file: OUTBOX_READER,
          find: 'read(partitions, limit) {',
          replace: `async read(partitions, limit) {
            const { rows } = await pool.query(
              \`UPDATE outbox_messages SET last_error = 'taken' WHERE position IN (
                 SELECT position FROM outbox_messages WHERE last_error IS NULL
                 ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED)
               RETURNING position\`,
              [limit],
            );
            const events = await readOutboxRows(pool, rows.map((row) => Number(row.position)));
            return { rows: events, isCaughtUp: rows.length < limit };
          },
          readBySnapshot(partitions, limit) {`,
        },
      ],
    },
  },
  {
    name: 'partition-by-event',
    bug: 'relays share events by their own ids, not by their items',
    scenario: pausedRelay,
    verdicts: ['order violated'],
    edits: {
      'ingest-worker': [
        {
          file: 'libs/data-access/src/stock/insert-outbox-messages.ts',
          find: 'outboxPartitionOf(row.itemId)',
          replace: 'outboxPartitionOf(row.eventId)',
        },
      ],
    },
  },
  {
    name: 'immortal-lease',
    bug: 'the lease of a relay that does nothing any more never ends',
    scenario: silentRelay,
    verdicts: ['slow to heal'],
    edits: {
      'outbox-relay': [
        {
          file: LEASE_SESSION,
          find: 'await client.query(`SET idle_session_timeout',
          replace: 'void (`SET idle_session_timeout',
        },
      ],
    },
  },
];
