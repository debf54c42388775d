import type { ExpectedEvent } from './expected-event';
import type { PlainUpdate } from './plain-update';

/**
 * What the pipeline must publish for a list of updates, item by item. Written from the rules in
 * prose and on purpose without the product's own code, so that the two can only agree by both
 * being right.
 */
export interface OracleRules {
  defaultThreshold: number;
  /** Rules of single products. */
  perProduct?: ReadonlyMap<string, { threshold: number; band: number }>;
}

const EMPTY = 0;
const LOW = 1;
const PLENTY = 2;
const STATUS_OF_ZONE = ['OUT_OF_STOCK', 'LOW_STOCK', 'IN_STOCK'];
/** Row: the zone that is left; column: the zone that is entered. */
const CROSSING = [
  ['', 'BACK_IN_STOCK', 'BACK_IN_STOCK'],
  ['OUT_OF_STOCK', '', ''],
  ['OUT_OF_STOCK', 'LOW_STOCK', ''],
];

export function expectEvents(
  updates: readonly PlainUpdate[],
  rules: OracleRules,
): Map<string, ExpectedEvent[]> {
  const perProduct = new Map<string, PlainUpdate[]>();
  for (const update of firstDeliveries(updates)) {
    const own = perProduct.get(update.productId);
    if (own) own.push(update);
    else perProduct.set(update.productId, [update]);
  }
  return new Map(
    [...perProduct].map(([productId, own]) => [
      productId,
      storyOf(inSourceOrder(own), rules.perProduct?.get(productId), rules.defaultThreshold),
    ]),
  );
}

function firstDeliveries(updates: readonly PlainUpdate[]): PlainUpdate[] {
  const seen = new Set<string>();
  return updates.filter(({ eventId }) => !seen.has(eventId) && seen.add(eventId));
}

/** Without the updates that are older than one that came before them. */
function inSourceOrder(updates: readonly PlainUpdate[]): PlainUpdate[] {
  let number = -Infinity;
  let clock = -Infinity;
  return updates.filter((update) => {
    const time = update.occurredAt === undefined ? NaN : Date.parse(update.occurredAt);
    const late = update.sequence === undefined ? time < clock : update.sequence < number;
    if (late) return false;
    number = update.sequence ?? number;
    if (time > clock) clock = time;
    return true;
  });
}

function storyOf(
  updates: readonly PlainUpdate[],
  rule: { threshold: number; band: number } | undefined,
  defaultThreshold: number,
): ExpectedEvent[] {
  const story: ExpectedEvent[] = [];
  let quantity: number | undefined;
  let zone: number | undefined;
  for (const update of updates) {
    const limit = update.threshold ?? rule?.threshold ?? defaultThreshold;
    const source = update.threshold !== undefined ? 'message' : rule ? 'rule' : 'default';
    const from: number = quantity ?? update.previous ?? update.quantity;
    const oldZone: number = zone ?? zoneOf(from, limit);
    const to = update.quantity;
    // Low stock is left only above the band; every other zone is entered by the plain limit.
    const newZone: number = zoneOf(to, oldZone === LOW ? limit + (rule?.band ?? 0) : limit);
    const tell = (type: string, more: Partial<ExpectedEvent> = {}) => {
      const sequence = story.length + 1;
      story.push({ sequence, type, from, to, threshold: limit, source, ...more });
    };
    if (from !== to) tell('StockLevelChangedEvent');
    if (oldZone !== newZone) {
      const statuses = `${STATUS_OF_ZONE[oldZone]} -> ${STATUS_OF_ZONE[newZone]}`;
      tell('StockStatusChangedEvent', { statuses });
      const crossing = CROSSING[oldZone]?.[newZone];
      if (crossing) tell(crossing);
    }
    if (from > limit && to <= limit) tell('LowStockThresholdReachedEvent');
    quantity = to;
    zone = newZone;
  }
  return story;
}

function zoneOf(quantity: number, limit: number): number {
  if (quantity <= 0) return EMPTY;
  return quantity <= limit ? LOW : PLENTY;
}
