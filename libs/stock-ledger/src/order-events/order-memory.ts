import type { OrderOutcome, StoredOrderOutcome } from '@inventory-events/data-access';

/** What an event asked for before its order was seen. */
export interface EarlyOutcome extends OrderOutcome {
  outcome: Exclude<OrderOutcome['outcome'], 'REFUSED'>;
}

/** What the commands of a batch know of orders beside their holds, and what of it changes. */
export interface OrderMemory {
  /** Whether the order was seen and could not be reserved. */
  isRefused(orderId: string): boolean;
  /** What its events asked for before it was seen, in the order of their arrival. */
  remembered(orderId: string): readonly EarlyOutcome[];
  /** Only the first of its kind: a second one could not change what the first came to. */
  remember(outcome: OrderOutcome): void;
  forget(orderId: string): void;
  /** Rows to insert, in the order of arrival. */
  added(): readonly OrderOutcome[];
  /** Positions of rows to delete. */
  forgotten(): readonly number[];
}

export function createOrderMemory(stored: readonly StoredOrderOutcome[]): OrderMemory {
  const byOrder = new Map<string, (OrderOutcome & { position?: number })[]>();
  const forgotten: number[] = [];
  const rowsOf = (orderId: string) => byOrder.get(orderId) ?? [];

  function add(row: OrderOutcome & { position?: number }): void {
    byOrder.set(row.orderId, [...rowsOf(row.orderId), row]);
  }

  stored.forEach(add);

  return {
    isRefused: (orderId) => rowsOf(orderId).some((row) => row.outcome === 'REFUSED'),
    remembered: (orderId) => rowsOf(orderId).filter(isEarly),
    remember(outcome) {
      const isKnown = rowsOf(outcome.orderId).some((row) => row.outcome === outcome.outcome);
      if (!isKnown) add(outcome);
    },
    forget(orderId) {
      for (const { position } of rowsOf(orderId)) {
        if (position !== undefined) forgotten.push(position);
      }
      byOrder.delete(orderId);
    },
    added: () => [...byOrder.values()].flat().filter((row) => row.position === undefined),
    forgotten: () => forgotten,
  };
}

function isEarly(row: OrderOutcome): row is EarlyOutcome {
  return row.outcome !== 'REFUSED';
}
