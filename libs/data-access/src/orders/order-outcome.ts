export type OrderOutcomeKind = 'COMMIT' | 'CANCEL' | 'RESTOCK' | 'REFUSED';

/**
 * What is known of an order beside its holds. `COMMIT`, `CANCEL`, `RESTOCK`: what one of its events
 * asked for before the order was seen; `REFUSED`: it was seen, and could not be reserved.
 */
export interface OrderOutcome {
  orderId: string;
  outcome: OrderOutcomeKind;
  /** The event behind it, with its trace. */
  messageId: string;
  source: string;
  correlationId: string;
  traceparent: string | null;
}

export interface StoredOrderOutcome extends OrderOutcome {
  /** Rises in the order of arrival. */
  position: number;
}
