/** Something that reserves stock for an order, and says what became of it. */
export interface Reserver {
  reserve(productIds: readonly string[]): Promise<string>;
  close(): Promise<void>;
}
