import type { UpdateOperation } from '../workload/operation';

/** What is known of an item, in the words of the rules and without the product's own code. */
export interface KnownItem {
  readonly quantity: number | undefined;
  readonly zone: Zone | undefined;
  readonly sourceNumber: number;
  readonly sourceClock: number;
}

export interface ToldEvent {
  readonly type: string;
  readonly from: number;
  readonly to: number;
  readonly threshold: number;
  readonly source: string;
}

export interface UpdateEffect {
  readonly after: KnownItem;
  readonly events: readonly ToldEvent[];
  /** Signed changes of the quantity. */
  readonly movements: readonly number[];
}

type Zone = 0 | 1 | 2;

const EMPTY = 0;
const LOW = 1;
const PLENTY = 2;
/** Row: the zone that is left; column: the zone that is entered. */
const CROSSING = [
  ['', 'BACK_IN_STOCK', 'BACK_IN_STOCK'],
  ['OUT_OF_STOCK', '', ''],
  ['OUT_OF_STOCK', 'LOW_STOCK', ''],
] as const;
export const STATUS_OF_ZONE = ['OUT_OF_STOCK', 'LOW_STOCK', 'IN_STOCK'] as const;

/** The worlds of this harness set this threshold, and no rules and no hysteresis. */
export const DEFAULT_THRESHOLD = 10;

export const NEVER_SEEN: KnownItem = {
  quantity: undefined,
  zone: undefined,
  sourceNumber: -Infinity,
  sourceClock: -Infinity,
};

/**
 * What one update must do to an item on which nothing is reserved. Written from the rules in prose,
 * so that the product and this can only agree by both being right.
 */
export function tellUpdate(item: KnownItem, update: UpdateOperation): UpdateEffect {
  if (isLate(item, update)) return { after: item, events: [], movements: [] };
  const threshold = update.lowStockThreshold ?? DEFAULT_THRESHOLD;
  const source = update.lowStockThreshold === undefined ? 'default' : 'message';
  const to = update.quantity;
  const from = item.quantity ?? update.previousQuantity ?? to;
  const oldZone = item.zone ?? zoneOf(from, threshold);
  const newZone = zoneOf(to, threshold);
  const events: ToldEvent[] = [];
  const tell = (type: string) => events.push({ type, from, to, threshold, source });
  if (from !== to) tell('StockLevelChangedEvent');
  if (oldZone !== newZone) {
    tell('StockStatusChangedEvent');
    const crossing = CROSSING[oldZone][newZone];
    if (crossing !== '') tell(crossing);
  }
  if (from > threshold && to <= threshold) tell('LowStockThresholdReachedEvent');
  return {
    after: {
      quantity: to,
      zone: newZone,
      sourceNumber: update.sequence ?? item.sourceNumber,
      sourceClock: Math.max(item.sourceClock, update.occurredAt ?? -Infinity),
    },
    events,
    movements: [
      ...(item.quantity === undefined ? [from] : []),
      ...(from === to ? [] : [to - from]),
    ],
  };
}

function isLate(item: KnownItem, { sequence, occurredAt }: UpdateOperation): boolean {
  if (sequence !== undefined) return sequence < item.sourceNumber;
  return occurredAt !== undefined && occurredAt < item.sourceClock;
}

function zoneOf(quantity: number, threshold: number): Zone {
  if (quantity <= 0) return EMPTY;
  return quantity <= threshold ? LOW : PLENTY;
}
