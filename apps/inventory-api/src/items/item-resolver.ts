import type { ItemKey } from '@inventory-events/data-access';
import type { ItemReference } from './item-reference';

/** What identifies an item: neither its id nor its key ever changes. */
export interface ItemIdentity extends ItemKey {
  readonly inventoryId: string;
  /** As it was when the item was looked up. */
  readonly sku: string | null;
}

export interface ItemResolver {
  /**
   * The items that the references name, in their order; undefined where there is none. A product is
   * its item without variant and warehouse where there is one, or else the only one that fits.
   * Throws INVALID_REQUEST where a reference names several items, or nothing at all.
   */
  resolveAll(references: readonly ItemReference[]): Promise<readonly (ItemIdentity | undefined)[]>;
  /** As `resolveAll`, with 'several' in the place of what would be refused for naming several. */
  matchAll(
    references: readonly ItemReference[],
  ): Promise<readonly (ItemIdentity | 'several' | undefined)[]>;
  /**
   * An item was made, or got another SKU: the only one that fits may be another, or one of several.
   */
  itemsChanged(): void;
}
