/** One inventory update, freed of the wire format it travels in. */
export interface PlainUpdate {
  eventId: string;
  productId: string;
  quantity: number;
  previous?: number;
  threshold?: number;
  sequence?: number;
  /** ISO time by the producer's clock. */
  occurredAt?: string;
}
