import type { AdjustmentReason } from '@inventory-events/domain';
import type { Caller } from '../commands/caller';
import type { ItemReference } from '../items/item-reference';
import type { Inventory, InventorySummary } from './inventory';

export interface ReadOptions {
  /** Past the cache. */
  readonly fresh?: boolean | undefined;
}

/** Why a hand moves stock: what it counted, what arrived, what came back. */
export type StockChangeReason = AdjustmentReason | 'RECEIVED' | 'RETURN';

interface Annotations {
  /** What it belongs to, such as a purchase order, and what the caller notes: for the movement. */
  readonly reference?: string | undefined;
  readonly note?: string | undefined;
}

export interface StockCreation extends Annotations {
  readonly productId: string;
  readonly variantId?: string | undefined;
  readonly warehouseId?: string | undefined;
  readonly sku?: string | undefined;
  /** On hand from the start. */
  readonly quantity: number;
  readonly lowStockThreshold?: number | undefined;
  readonly reorderPoint?: number | undefined;
  readonly reorderQuantity?: number | undefined;
}

/** What is left out stays as it is; all of it is changed together or nothing is. */
export interface StockUpdate extends Annotations {
  /** On hand from now on. */
  readonly quantity?: number | undefined;
  /** Only where so many are on hand; STALE otherwise. */
  readonly expectedQuantity?: number | undefined;
  /** Null leaves it to the rules again. */
  readonly lowStockThreshold?: number | null | undefined;
  readonly reorderPoint?: number | undefined;
  readonly reorderQuantity?: number | undefined;
  readonly sku?: string | undefined;
  readonly status?: 'ACTIVE' | 'DISCONTINUED' | undefined;
  readonly reason?: AdjustmentReason | undefined;
  /** Only at this version of the item; PRECONDITION_FAILED otherwise. */
  readonly expectedVersion?: number | undefined;
}

export interface StockAdjustment extends Annotations {
  /** Signed, never 0. */
  readonly quantityChange: number;
  /** Only where so many are on hand; STALE otherwise. */
  readonly expectedQuantity?: number | undefined;
  readonly reason: StockChangeReason;
}

export interface Movement {
  readonly id: string;
  readonly type: 'INBOUND' | 'OUTBOUND' | 'ADJUSTMENT' | 'TRANSFER' | 'RETURN' | 'DAMAGE';
  /** Signed change of the quantity on hand. */
  readonly quantity: number;
  readonly quantityAfter: number;
  readonly reason: string | null;
  readonly note: string | null;
  readonly reference: string | null;
  readonly performedBy: string | null;
  readonly at: string;
}

/**
 * The use cases of stock, whatever the transport. Reads may come from the cache; a decision never
 * does. Refusals are thrown: PRODUCT_NOT_FOUND where a reference names nothing.
 */
export interface Stock {
  read(reference: ItemReference, options?: ReadOptions): Promise<Inventory>;
  /** In the order of the references; undefined where there is none. */
  readAll(
    references: readonly ItemReference[],
    options?: ReadOptions,
  ): Promise<readonly (Inventory | undefined)[]>;
  ofProduct(productId: string, options?: ReadOptions): Promise<InventorySummary>;
  ofSku(sku: string, options?: ReadOptions): Promise<InventorySummary>;
  create(creation: StockCreation, caller: Caller): Promise<Inventory>;
  update(reference: ItemReference, update: StockUpdate, caller: Caller): Promise<Inventory>;
  adjust(reference: ItemReference, adjustment: StockAdjustment, caller: Caller): Promise<Inventory>;
}
