import {
  emptyProof,
  type MovementSum,
  readBalances,
  readProofs,
  type StockBalance,
  type StoredProof,
  sumMovements,
} from '@inventory-events/data-access';
import { AppError } from '@inventory-events/errors';
import type { ClientBase } from 'pg';

/** An item counted: what it says of itself, what it is made of, and what was known before. */
export interface CountedItem {
  balance: StockBalance;
  /** What can be taken for known the next time. */
  sum: MovementSum;
  proof: StoredProof;
}

export interface CountOptions {
  /** `known` goes on from the sums of earlier runs, `beginning` believes none of them. */
  from: 'known' | 'beginning';
}

/**
 * Ids of an item's movements are made while it is locked, from the database's clock: their order is
 * that of the commits unless the clock was set back. After so long a sum is taken for final.
 */
const SETTLED_AFTER_MS = 60_000;
const MOVEMENTS_PER_STATEMENT_AND_ITEM = 5_000;
const MAX_ATTEMPTS = 5;

/**
 * Counts a page of items, each in one snapshot, without locks. Old movements are added up statement
 * by statement, so that none takes long; what is recent is counted together with the item itself.
 */
export async function countItems(
  client: ClientBase,
  itemIds: readonly string[],
  options: CountOptions,
): Promise<CountedItem[]> {
  const counted: CountedItem[] = [];
  let open = itemIds;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS && open.length > 0; attempt += 1) {
    const proofs = await readProofs(client, open);
    const proofOf = (itemId: string) => proofs.get(itemId) ?? emptyProof(itemId);
    const sums = await settle(
      client,
      open.map((itemId) => startOf(proofOf(itemId), options)),
    );
    const overtaken: string[] = [];
    for (const balance of await readBalances(client, [...sums.values()])) {
      const { itemId } = balance;
      const proof = proofOf(itemId);
      // Retention dropped movements in between, of which some may be counted and some not.
      if (balance.archivedThrough !== proof.archivedThrough) overtaken.push(itemId);
      else counted.push({ balance, proof, sum: sums.get(itemId) as MovementSum });
    }
    open = overtaken;
  }
  if (open.length === 0) return counted;
  throw new AppError('CONFLICT', 'retention keeps dropping movements', { retryable: true });
}

function startOf(proof: StoredProof, { from }: CountOptions): MovementSum {
  const { itemId } = proof;
  return from === 'known'
    ? { itemId, total: proof.movementTotal, throughMovementId: proof.throughMovementId }
    : { itemId, total: proof.archivedTotal, throughMovementId: proof.archivedThrough };
}

/** Adds up the movements that are old enough. */
async function settle(
  client: ClientBase,
  starts: readonly MovementSum[],
): Promise<Map<string, MovementSum>> {
  const sums = new Map(starts.map((start) => [start.itemId, start]));
  let open = starts;
  while (open.length > 0) {
    const added = await sumMovements(client, open, {
      minAgeMs: SETTLED_AFTER_MS,
      limit: MOVEMENTS_PER_STATEMENT_AND_ITEM,
    });
    for (const sum of added) sums.set(sum.itemId, sum);
    open = added.filter((sum) => sum.isMore);
  }
  return sums;
}
