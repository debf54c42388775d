import { itemKeyText, type ItemKey, type LockedItem } from '@inventory-events/data-access';
import type { StoredReservation } from '@inventory-events/data-access';
import type { StockState, ThresholdPolicy } from '@inventory-events/domain';
import { selectRule } from './select-rule';
import type { BatchFacts } from './create-batch';

/** The locked state as the commands decided so far have left it. */
export interface BatchState {
  itemByKey(key: ItemKey): LockedItem | undefined;
  itemById(id: string): LockedItem | undefined;
  /** As the state says, one version later. */
  setItem(item: LockedItem, state: StockState): LockedItem;
  policyOf(itemId: string): ThresholdPolicy;
  /** Oldest first: those of the order, of the ids, and the overdue ones of the items. */
  reservations(query: {
    orderId?: string | undefined;
    ids?: readonly string[] | undefined;
    itemIds?: readonly string[];
  }): StoredReservation[];
  setReservation(reservation: StoredReservation): void;
}

export function createBatchState(facts: BatchFacts): BatchState {
  const { nowMs, rules } = facts.clockAndRules;
  const items = new Map(facts.items.map((item) => [item.id, item]));
  const idByKey = new Map(facts.items.map((item) => [itemKeyText(item), item.id]));
  const policies = new Map<string, ThresholdPolicy>();
  const reservations = new Map<string, StoredReservation>();
  const idsByOrder = new Map<string, Set<string>>();
  const overdueIdsByItem = new Map<string, Set<string>>();

  function isOverdue({ status, expiresAtMs }: StoredReservation): boolean {
    return status === 'PENDING' && expiresAtMs <= nowMs;
  }

  function setReservation(reservation: StoredReservation): void {
    reservations.set(reservation.id, reservation);
    addTo(idsByOrder, reservation.orderId, reservation.id);
    if (isOverdue(reservation)) addTo(overdueIdsByItem, reservation.itemId, reservation.id);
  }

  facts.reservations.forEach(setReservation);

  return {
    itemByKey: (key) => items.get(idByKey.get(itemKeyText(key)) ?? ''),
    itemById: (id) => items.get(id),
    setItem(item, state) {
      const after = { ...item, ...state, version: item.version + 1, updatedAtMs: nowMs };
      items.set(item.id, after);
      return after;
    },
    policyOf(itemId) {
      const known = policies.get(itemId);
      if (known !== undefined) return known;
      const rule = selectRule(rules, items.get(itemId) as LockedItem);
      const policy = { rule, ...facts.defaults };
      policies.set(itemId, policy);
      return policy;
    },
    reservations({ orderId, ids = [], itemIds = [] }) {
      const wanted = new Set<string>(ids);
      if (orderId !== undefined) for (const id of idsByOrder.get(orderId) ?? []) wanted.add(id);
      for (const itemId of itemIds) {
        for (const id of overdueIdsByItem.get(itemId) ?? []) {
          if (isOverdue(reservations.get(id) as StoredReservation)) wanted.add(id);
        }
      }
      if (wanted.size === 0) return [];
      return [...wanted].sort().flatMap((id) => reservations.get(id) ?? []);
    },
    setReservation,
  };
}

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}
