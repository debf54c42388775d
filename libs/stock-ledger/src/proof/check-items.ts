import {
  saveProofs,
  type StockBalance,
  type StoredDrift,
  type StoredProof,
} from '@inventory-events/data-access';
import type { ClientBase } from 'pg';
import { type CountedItem, countItems } from './count-items';
import { differencesOf, judgeItem } from './judge-item';

export interface Drift {
  balance: StockBalance;
  drift: StoredDrift;
}

export interface CheckOptions {
  /** Counts every movement again, instead of going on from what is known. */
  isFull: boolean;
  nowMs: number;
}

/** Checks a page of items, keeps what was counted, and returns those that don't add up. */
export async function checkItems(
  client: ClientBase,
  itemIds: readonly string[],
  { isFull, nowMs }: CheckOptions,
): Promise<{ checkedItems: number; drifts: Drift[] }> {
  const counted = await countItems(client, itemIds, { from: isFull ? 'beginning' : 'known' });
  const items = isFull ? counted : await recountDoubtful(client, counted);
  const drifts: Drift[] = [];
  const changed: StoredProof[] = [];
  for (const { balance, sum, proof } of items) {
    const drift = judgeItem(balance, proof.drift, nowMs);
    if (drift !== null) drifts.push({ balance, drift });
    const { total: movementTotal, throughMovementId } = sum;
    const after = { ...proof, movementTotal, throughMovementId, drift };
    if (isChanged(proof, after)) changed.push(after);
  }
  if (changed.length > 0) await saveProofs(client, changed);
  return { checkedItems: items.length, drifts };
}

/** A known sum may be wrong itself, and accuses nobody: the item is counted from the beginning. */
async function recountDoubtful(
  client: ClientBase,
  counted: readonly CountedItem[],
): Promise<CountedItem[]> {
  const doubtful = new Set(
    counted
      .filter(({ balance, proof }) => {
        const { onHandDifference } = differencesOf(balance);
        return onHandDifference !== 0 && onHandDifference !== proof.drift?.onHandDifference;
      })
      .map(({ balance }) => balance.itemId),
  );
  if (doubtful.size === 0) return [...counted];
  const certain = counted.filter(({ balance }) => !doubtful.has(balance.itemId));
  return [...certain, ...(await countItems(client, [...doubtful], { from: 'beginning' }))];
}

function isChanged(before: StoredProof, after: StoredProof): boolean {
  return (
    before.movementTotal !== after.movementTotal ||
    before.throughMovementId !== after.throughMovementId ||
    before.drift !== after.drift
  );
}
