import type { Pool } from 'pg';
import { readProductSets, type StoredItemIdentity } from '../inventory/read-item-sets';
import { findItems, type FoundItem } from './find-items';

/** What leads to items: of several, the first given here. */
export interface ItemLead {
  readonly inventoryId?: string | undefined;
  readonly sku?: string | undefined;
  readonly productId?: string | undefined;
}

/** Of each reference the items that its id, or else its SKU, or else its product leads to. */
export async function findItemCandidates(
  pool: Pool,
  leads: readonly ItemLead[],
): Promise<readonly (readonly StoredItemIdentity[])[]> {
  const ids = new Set<string>();
  const skus = new Set<string>();
  const productIds = new Set<string>();
  for (const { inventoryId, sku, productId } of leads) {
    if (inventoryId !== undefined) ids.add(inventoryId);
    else if (sku !== undefined) skus.add(sku);
    else if (productId !== undefined) productIds.add(productId);
  }
  const [found, products] = await Promise.all([
    ids.size + skus.size > 0 ? findItems(pool, { ids: [...ids], skus: [...skus] }) : [],
    productIds.size > 0 ? readProductSets(pool, [...productIds]) : undefined,
  ]);
  const byId = new Map(found.map((item) => [item.id, [item]]));
  const bySku = groupBySku(found);
  return leads.map(({ inventoryId, sku, productId = '' }) => {
    if (inventoryId !== undefined) return byId.get(inventoryId) ?? [];
    if (sku !== undefined) return bySku.get(sku) ?? [];
    return products?.get(productId)?.items ?? [];
  });
}

function groupBySku(items: readonly FoundItem[]): Map<string, FoundItem[]> {
  const groups = new Map<string, FoundItem[]>();
  for (const item of items) {
    if (item.sku === null) continue;
    const group = groups.get(item.sku);
    if (group === undefined) groups.set(item.sku, [item]);
    else group.push(item);
  }
  return groups;
}
