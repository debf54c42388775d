import type { ExpectedEvent } from '../oracle/expected-event';

/** The fields of `data` by which an event of each type tells what the oracle knows. */
const FIELDS: Record<string, (event: ExpectedEvent) => Record<string, unknown>> = {
  StockLevelChangedEvent: ({ from, to }) => ({
    oldQuantity: from,
    newQuantity: to,
    quantityChanged: to - from,
  }),
  StockStatusChangedEvent: ({ to, statuses = '' }) => {
    const [oldStatus, newStatus] = statuses.split(' -> ');
    return { currentQuantity: to, oldStatus, newStatus };
  },
  LowStockThresholdReachedEvent: ({ to, threshold }) => ({
    currentQuantity: to,
    lowStockThreshold: threshold,
  }),
  LOW_STOCK: crossingFields,
  OUT_OF_STOCK: crossingFields,
  BACK_IN_STOCK: crossingFields,
};

export interface WireEvent {
  eventType: string;
  data: Record<string, unknown>;
}

export function expectedOnWire(event: ExpectedEvent): WireEvent {
  const fields = FIELDS[event.type]?.(event);
  return { eventType: event.type, data: { sequence: event.sequence, ...fields } };
}

/** What is left of a published event when only the fields known to the oracle are kept. */
export function comparablePart(published: WireEvent): WireEvent {
  const known = FIELDS[published.eventType]?.({} as ExpectedEvent) ?? {};
  const keys = ['sequence', ...Object.keys(known)];
  return {
    eventType: published.eventType,
    data: Object.fromEntries(keys.map((key) => [key, published.data[key]])),
  };
}

function crossingFields({ from, to, threshold, source }: ExpectedEvent): Record<string, unknown> {
  return {
    previousQuantity: from,
    newQuantity: to,
    lowStockThreshold: threshold,
    thresholdSource: source,
  };
}
