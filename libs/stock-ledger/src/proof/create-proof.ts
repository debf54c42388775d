import {
  type ProofState,
  readProofState,
  saveProofState,
  withSessionLock,
} from '@inventory-events/data-access';
import { AppError } from '@inventory-events/errors';
import type { ClientBase, Pool } from 'pg';
import type { StockLedger } from '../create-stock-ledger';
import { checkItems, type Drift } from './check-items';
import { everyItem, touchedItems } from './items-to-check';
import type { DriftedItem, ProofResult } from './proof-result';
import { reportDrifts } from './report-drifts';

export interface ProofDeps {
  /** For a session of its own during a run, beside those of the ledger. */
  readonly pool: Pool;
  /** Numbers and publishes what is found. */
  readonly ledger: StockLedger;
  /** A run by schedule is full when the last that was is older than this; 0: never. */
  readonly fullEveryMs?: number;
  /** How long `run` waits for a run of another process. */
  readonly maxWaitMs?: number;
}

export interface LatestProof extends ProofResult {
  /** Since its end, by the database's clock. */
  readonly ageMs: number;
}

export interface Proof {
  /**
   * Proves the stock now: what changed since the run before, or with `full` every item and all of
   * its movements. Waits for a run under way, and rejects with CONFLICT when that lasts.
   */
  run(options?: { readonly full?: boolean }): Promise<ProofResult>;
  /** A run by schedule, full when that is due; undefined when another one is under way. */
  runUnlessRunning(signal?: AbortSignal): Promise<ProofResult | undefined>;
  /** The last run of any process; undefined before the first. */
  latest(): Promise<LatestProof | undefined>;
}

const FULL_EVERY_MS = 86_400_000;
const MAX_WAIT_MS = 30_000;
const MAX_LISTED = 1_000;
/** To look for what so many transactions touched takes as long as to look at everything. */
const MAX_TRANSACTIONS = 1_000_000n;

/**
 * Proves that on hand is the sum of an item's movements and reserved that of its pending holds. It
 * reads without locks, each item in one snapshot, and repairs nothing: a difference becomes an event
 * of its item, once, and stands in every result until it is gone.
 */
export function createProof(deps: ProofDeps): Proof {
  const { pool, fullEveryMs = FULL_EVERY_MS, maxWaitMs = MAX_WAIT_MS } = deps;
  /** Runs that were asked for and have not begun: who asks for the same gets the same. */
  const asked = new Map<boolean, Promise<ProofResult>>();

  async function runInTurn(full: boolean): Promise<ProofResult> {
    const prove = (client: ClientBase) => {
      asked.delete(full);
      return proveStock(client, deps, { full, fullEveryMs: 0 });
    };
    const result = await withSessionLock(pool, 'proof', prove, { waitMs: maxWaitMs });
    if (result !== 'busy') return result;
    throw new AppError('CONFLICT', 'Another run of the proof is under way.', { retryable: true });
  }

  return {
    run({ full = false } = {}) {
      const same = asked.get(full);
      if (same !== undefined) return same;
      const run = runInTurn(full).finally(() => {
        if (asked.get(full) === run) asked.delete(full);
      });
      asked.set(full, run);
      return run;
    },
    async runUnlessRunning(signal) {
      const result = await withSessionLock(pool, 'proof', (client) =>
        proveStock(client, deps, { full: false, fullEveryMs, signal }),
      );
      return result === 'busy' ? undefined : result;
    },
    async latest() {
      const { result, nowMs } = await readProofState(pool);
      if (result === undefined) return undefined;
      const latest = result as ProofResult;
      return { ...latest, ageMs: Math.max(0, nowMs - Date.parse(latest.finishedAt)) };
    },
  };
}

async function proveStock(
  client: ClientBase,
  { ledger }: ProofDeps,
  wish: { full: boolean; fullEveryMs: number; signal?: AbortSignal | undefined },
): Promise<ProofResult> {
  const startedAt = performance.now();
  const state = await readProofState(client);
  const { snapshot, current, nowMs } = state;
  const isFull = wish.full || snapshot === undefined || isFullDue(state, wish.fullEveryMs);
  const pages =
    isFull || snapshot === undefined ? everyItem(client) : touchedItems(client, snapshot, current);
  const drifted: DriftedItem[] = [];
  let checkedItems = 0;
  let driftedItems = 0;
  for await (const itemIds of pages) {
    if (wish.signal?.aborted) throw new AppError('SHUTTING_DOWN', 'The proof was interrupted.');
    const checked = await checkItems(client, itemIds, { isFull, nowMs });
    await reportDrifts(client, ledger, checked.drifts);
    checkedItems += checked.checkedItems;
    driftedItems += checked.drifts.length;
    drifted.push(...checked.drifts.slice(0, MAX_LISTED - drifted.length).map(toDriftedItem));
  }
  const finishedAt = toTime(nowMs + performance.now() - startedAt);
  const lastFullAt = isFull ? finishedAt : toTimeOrNull(state.fullFinishedAtMs);
  const counts = { isFull, checkedItems, driftedItems, drifted };
  const result: ProofResult = { startedAt: toTime(nowMs), finishedAt, ...counts, lastFullAt };
  await saveProofState(client, { snapshot: current, result, isFull });
  return result;
}

/** Also where the snapshot says nothing: it is from another server, or from long ago. */
function isFullDue(
  { snapshot, current, nowMs, fullFinishedAtMs }: ProofState,
  fullEveryMs: number,
): boolean {
  const transactions = BigInt(current.xmax) - BigInt(snapshot?.xmax ?? 0);
  if (transactions < 0n || transactions > MAX_TRANSACTIONS) return true;
  return fullEveryMs > 0 && nowMs - (fullFinishedAtMs ?? 0) >= fullEveryMs;
}

function toDriftedItem({ balance, drift }: Drift): DriftedItem {
  return {
    itemId: balance.itemId,
    productId: balance.productId,
    variantId: balance.variantId,
    warehouseId: balance.warehouseId,
    sku: balance.sku,
    onHand: balance.onHand,
    movementTotal: balance.movementTotal,
    reserved: balance.reserved,
    pendingTotal: balance.pendingTotal,
    foundAt: toTime(drift.foundAtMs),
  };
}

function toTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function toTimeOrNull(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : toTime(epochMs);
}
