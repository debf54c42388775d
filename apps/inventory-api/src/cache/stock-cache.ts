import type { LockedItem } from '@inventory-events/data-access';
import type { Inventory } from '../stock/inventory';

/** What the items have in common that belong to a set. */
export type ItemSetKey = { readonly productId: string } | { readonly sku: string };

export interface CacheReadOptions {
  /** From PostgreSQL. */
  readonly fresh?: boolean | undefined;
}

/**
 * Stock as callers see it, never older than what they saw before. For answers only: what decides
 * reads under its own locks.
 */
export interface StockCache {
  /** By id, those that there are. */
  read(ids: readonly string[], options?: CacheReadOptions): Promise<ReadonlyMap<string, Inventory>>;
  /** The ids of the set's items, oldest first. */
  idsOf(set: ItemSetKey, options?: CacheReadOptions): Promise<readonly string[]>;
  /** The items as a command has left them. */
  publish(items: readonly LockedItem[]): Promise<void>;
  /** An item came to these sets, or left them. */
  setsChanged(sets: readonly ItemSetKey[]): Promise<void>;
}
