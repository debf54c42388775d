import type { ReservationFailureReason } from '@inventory-events/domain';
import type { ItemReference } from '../items/item-reference';

export interface AvailabilityLine extends ItemReference {
  readonly quantity: number;
}

export interface LineAvailability {
  /** The stock entry's, where the line names one; else what the line says. */
  readonly inventoryId: string | null;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  /** As the line says. */
  readonly sku: string | null;
  /** How many stock entries the line names; several are summed up. */
  readonly itemCount: number;
  readonly requested: number;
  /** What a new order could have of it. */
  readonly quantityAvailable: number;
  /** Whether that is enough for this line and all others of the same. */
  readonly available: boolean;
  readonly reason: ReservationFailureReason | null;
}

export interface OrderAvailability {
  /** Whether a reservation of all the lines would succeed now. */
  readonly available: boolean;
  /** In the order of the lines asked about. */
  readonly lines: readonly LineAvailability[];
}

/**
 * What a reservation would get now. Read from the database, past every cache, and by the ledger's
 * own rules: what overdue holds still count as held is available, since a reservation that needs it
 * reclaims it; nothing of what is out of sale is. Nothing is promised: only a reservation does that.
 */
export interface Availability {
  /** For an order: its lines together. Throws INVALID_REQUEST where a line names several entries. */
  check(lines: readonly AvailabilityLine[]): Promise<OrderAvailability>;
  /** For a page of products: each line by itself, what it names summed up. */
  checkEach(lines: readonly AvailabilityLine[]): Promise<readonly LineAvailability[]>;
}
