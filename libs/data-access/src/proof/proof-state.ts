import { AppError } from '@inventory-events/errors';
import type { ClientBase, Pool } from 'pg';
import { parseSnapshot, type Snapshot } from '../outbox/snapshot';

/** How far the proof has come, and its last answer. */
export interface ProofState {
  /** What became visible since was not looked at; undefined before the first run. */
  snapshot: Snapshot | undefined;
  /** What is visible now. */
  current: Snapshot;
  nowMs: number;
  fullFinishedAtMs: number | undefined;
  /** As it was written; undefined before the first run. */
  result: unknown;
}

/** The table has one row. */
export const READ_PROOF_STATE_SQL = `
SELECT s.snapshot, pg_current_snapshot()::text,
  floor(extract(epoch FROM statement_timestamp()) * 1000)::float8,
  round(extract(epoch FROM s.full_finished_at) * 1000)::float8, s.result
FROM proof_state s`;

export async function readProofState(db: Pool | ClientBase): Promise<ProofState> {
  const { rows } = await db.query<[string | null, string, number, number | null, unknown]>({
    name: 'read-proof-state',
    text: READ_PROOF_STATE_SQL,
    rowMode: 'array',
  });
  const [row] = rows;
  if (row === undefined) throw new AppError('INTERNAL', 'the state of the proof is gone');
  return {
    snapshot: row[0] === null ? undefined : parseSnapshot(row[0]),
    current: parseSnapshot(row[1]),
    nowMs: row[2],
    fullFinishedAtMs: row[3] ?? undefined,
    result: row[4] ?? undefined,
  };
}

export const SAVE_PROOF_STATE_SQL = `
UPDATE proof_state SET snapshot = $1, result = $2::jsonb,
  full_finished_at = CASE WHEN $3::boolean THEN statement_timestamp() ELSE full_finished_at END`;

export async function saveProofState(
  db: Pool | ClientBase,
  state: { snapshot: Snapshot; result: unknown; isFull: boolean },
): Promise<void> {
  await db.query(SAVE_PROOF_STATE_SQL, [
    state.snapshot.text,
    JSON.stringify(state.result),
    state.isFull,
  ]);
}
