import {
  listDriftedItemIds,
  listItemIds,
  NIL_UUID,
  readItemsTouchedBetween,
  readItemsTouchedBy,
  type Snapshot,
} from '@inventory-events/data-access';
import type { ClientBase } from 'pg';

/** Items of one page: of a statement that counts, and of a transaction that keeps the result. */
const PAGE_SIZE = 200;
const TRANSACTIONS_PER_STATEMENT = 1_000n;

type ListPage = typeof listItemIds;

/** Every item, page by page. */
export function everyItem(client: ClientBase): AsyncGenerator<string[]> {
  return pagesOf(client, listItemIds);
}

/**
 * Every item whose stock was changed by a transaction that one snapshot doesn't show and the other
 * one does, and every one that is in drift; each once. Late commits are in it, whatever the time
 * they are dated: a transaction counts as open until a snapshot shows it.
 */
export async function* touchedItems(
  client: ClientBase,
  since: Snapshot,
  until: Snapshot,
): AsyncGenerator<string[]> {
  const seen = new Set<string>();
  const fresh = (itemIds: readonly string[]) => {
    const unseen = itemIds.filter((itemId) => !seen.has(itemId));
    for (const itemId of unseen) seen.add(itemId);
    return inPages(unseen);
  };
  for await (const page of pagesOf(client, listDriftedItemIds)) yield* fresh(page);
  if (since.running.length > 0) yield* fresh(await readItemsTouchedBy(client, since.running));
  const end = BigInt(until.xmax);
  for (let fromXid = BigInt(since.xmax); fromXid < end;) {
    const next = fromXid + TRANSACTIONS_PER_STATEMENT;
    const untilXid = next < end ? next : end;
    yield* fresh(await readItemsTouchedBetween(client, { fromXid, untilXid }));
    fromXid = untilXid;
  }
}

async function* pagesOf(client: ClientBase, list: ListPage): AsyncGenerator<string[]> {
  let afterId = NIL_UUID;
  for (;;) {
    const page = await list(client, { afterId, limit: PAGE_SIZE });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    afterId = last;
  }
}

function* inPages(itemIds: readonly string[]): Generator<string[]> {
  for (let start = 0; start < itemIds.length; start += PAGE_SIZE) {
    yield itemIds.slice(start, start + PAGE_SIZE);
  }
}
