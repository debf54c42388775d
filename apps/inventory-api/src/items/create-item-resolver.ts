import { findItemCandidates } from '@inventory-events/data-access';
import { selectItem } from '@inventory-events/domain';
import { AppError } from '@inventory-events/errors';
import type { Database } from '../database';
import { createSharedReads } from '../reads/create-shared-reads';
import { createBoundedMap } from './create-bounded-map';
import type { ItemReference } from './item-reference';
import { namesAnItem } from './item-reference-fields';
import type { ItemIdentity, ItemResolver } from './item-resolver';

type Match = ItemIdentity | 'several' | undefined;

const MAX_REMEMBERED = 100_000;
const FITS_FOR_MS = 30_000;

/**
 * Looks items up in the database and remembers them: for good what an id or a whole key names, for
 * a while what merely fits. So after another process made a second item of a product, or gave a SKU
 * to another one, this one goes on with the first for half a minute at most.
 */
export function createItemResolver({ pool }: { readonly pool: Database }): ItemResolver {
  const findCandidates = createSharedReads({
    read: (references: readonly ItemReference[]) => findItemCandidates(pool, references),
  });
  const exact = createBoundedMap<ItemIdentity>(MAX_REMEMBERED);
  const fitting = createBoundedMap<{ identity: ItemIdentity; untilMs: number }>(MAX_REMEMBERED);
  let changes = 0;

  function recall(key: string): ItemIdentity | undefined {
    const known = exact.get(key);
    if (known !== undefined) return known;
    const fit = fitting.get(key);
    return fit !== undefined && performance.now() < fit.untilMs ? fit.identity : undefined;
  }

  async function lookUp(references: readonly ItemReference[]): Promise<Match[]> {
    const untilMs = performance.now() + FITS_FOR_MS;
    const changesBefore = changes;
    const candidates = await findCandidates(references);
    return references.map((reference, index) => {
      const selection = selectItem(reference, candidates[index] ?? []);
      if (selection === undefined || selection === 'several') return selection;
      const { id: inventoryId, ...key } = selection.item;
      const identity = { inventoryId, ...key };
      if (selection.isExact) exact.set(keyOf(reference), identity);
      else if (changes === changesBefore) fitting.set(keyOf(reference), { identity, untilMs });
      return identity;
    });
  }

  async function matchAll(references: readonly ItemReference[]): Promise<readonly Match[]> {
    references.forEach(assertNamesSomething);
    const matches: Match[] = references.map((reference) => recall(keyOf(reference)));
    const unknown = references.flatMap((reference, index) =>
      matches[index] === undefined ? [{ reference, index }] : [],
    );
    if (unknown.length === 0) return matches;
    const found = await lookUp(unknown.map(({ reference }) => reference));
    unknown.forEach(({ index }, position) => (matches[index] = found[position]));
    return matches;
  }

  return {
    matchAll,
    async resolveAll(references) {
      const matches = await matchAll(references);
      return matches.map((match) => {
        if (match !== 'several') return match;
        throw new AppError('INVALID_REQUEST', 'It names several stock entries.');
      });
    },
    itemsChanged() {
      changes += 1;
      fitting.clear();
    },
  };
}

function assertNamesSomething(reference: ItemReference): void {
  if (namesAnItem(reference)) return;
  throw new AppError('INVALID_REQUEST', 'An inventoryId, a SKU or a productId is needed.');
}

/** A product alone, the usual reference, is its own key: the others have slashes in theirs. */
function keyOf(reference: ItemReference): string {
  const { inventoryId, sku, productId, variantId, warehouseId } = reference;
  const others = inventoryId ?? sku ?? variantId ?? warehouseId;
  if (productId !== undefined && others === undefined) return productId;
  return [inventoryId, productId, variantId, warehouseId, sku].join('/');
}
