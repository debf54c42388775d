import fc from 'fast-check';
import type { ItemEvent } from '../events/item-event';
import { policyArbitrary } from '../testing/arbitraries';
import { createShop, type Shop } from '../testing/create-shop';
import { expectReservation } from '../testing/expect-reservation';
import { historyArbitrary, ITEM_IDS, type ShopStep } from '../testing/shop-step';
import { toReservationCommand } from '../testing/to-reservation-command';
import type { Reservation } from './reservation';
import type { ReservationCommand } from './reservation-command';
import type { ReservationDecision, ReservationOutcome } from './reservation-decision';

const CROSSINGS: readonly string[] = ['LOW_STOCK', 'OUT_OF_STOCK', 'BACK_IN_STOCK'];

/** What a command that did something answers when it comes again. */
const REPEATED = new Map<ReservationOutcome, ReservationOutcome>([
  ['reserved', 'already_reserved'],
  ['committed', 'already_committed'],
  ['cancelled', 'already_cancelled'],
  ['restocked', 'already_cancelled'],
  ['expired', 'expired'],
]);

interface Visit {
  shop: Shop;
  before: Pick<Shop, 'nowMs' | 'items' | 'reservations'>;
  command: ReservationCommand | null;
  decision: ReservationDecision | null;
}

/** Runs random steps in a shop that opens with some stock, and looks at what each did. */
function afterEveryStep(look: (visit: Visit) => void): void {
  inEveryHistory((shop, history) => {
    for (const step of history) look(take(shop, step));
  });
}

function afterEveryHistory(look: (shop: Shop) => void): void {
  inEveryHistory((shop, history) => {
    for (const step of history) take(shop, step);
    look(shop);
  });
}

function inEveryHistory(live: (shop: Shop, history: readonly ShopStep[]) => void): void {
  const opening = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(opening, historyArbitrary, policyArbitrary, (quantities, history, policy) => {
      const shop = createShop(ITEM_IDS, policy);
      ITEM_IDS.forEach((itemId, index) => {
        shop.stock(itemId, { type: 'observe', quantity: quantities[index] ?? 0 });
      });
      live(shop, history);
    }),
    { numRuns: 150 },
  );
}

function take(shop: Shop, step: ShopStep): Visit {
  const { nowMs, reservations } = shop;
  const before = { nowMs, reservations, items: new Map(shop.items) };
  const command = toReservationCommand(shop, step);
  const decision = command === null ? null : shop.reservation(command);
  if (step.kind === 'stock') shop.stock(step.itemId, step.command);
  if (step.kind === 'wait') shop.wait(step.ms);
  return { shop, before, command, decision };
}

const isLive = (row: Reservation, nowMs: number) =>
  row.status === 'PENDING' && row.expiresAtMs > nowMs;

const isExpiredBy = (row: Reservation, nowMs: number) =>
  row.status === 'EXPIRED' && row.expiresAtMs <= nowMs;

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('decideReservation: properties of every history', () => {
  it('agrees with a shop that counts everything afresh', () => {
    const outcomes = new Map<string, number>();
    afterEveryStep(({ shop, before, command, decision }) => {
      if (command === null || decision === null) return;
      const items = [...before.items];
      const expected = expectReservation(
        {
          ...before,
          onHand: new Map(items.map(([itemId, state]) => [itemId, state.onHand])),
          discontinued: new Set(
            items.filter(([, state]) => state.status === 'DISCONTINUED').map(([itemId]) => itemId),
          ),
        },
        command,
      );
      outcomes.set(decision.outcome, (outcomes.get(decision.outcome) ?? 0) + 1);
      if (command.type !== 'expire') expect(decision.outcome).toBe(expected.outcome);
      const held = shop.reservations
        .filter((row) => isLive(row, shop.nowMs))
        .map((row): [string, number] => [`${row.orderId}/${row.itemId}`, row.quantity]);
      expect(new Map(held)).toEqual(expected.held);
      expect(held).toHaveLength(expected.held.size);
      for (const [itemId, { onHand }] of items) {
        const sold = expected.sold.get(itemId) ?? 0;
        expect(shop.items.get(itemId)?.onHand).toBe(onHand - sold);
      }
    });
    // A history that never gets somewhere proves nothing about it.
    expect([...outcomes.keys()].sort()).toEqual([
      'already_cancelled',
      'already_committed',
      'already_reserved',
      'cancelled',
      'committed',
      'discontinued',
      'exceeds_reserved',
      'expired',
      'extended',
      'insufficient_stock',
      'invalid',
      'not_found',
      'not_overdue',
      'released',
      'reserved',
      'restocked',
    ]);
  });

  it('tells an event of every item whose quantities it changes', () => {
    afterEveryStep(({ before, decision }) => {
      for (const [itemId, after] of decision?.items ?? []) {
        const state = before.items.get(itemId);
        if (state?.onHand === after.onHand && state.reserved === after.reserved) continue;
        expect(decision?.events.some((told) => told.itemId === itemId)).toBe(true);
      }
    });
  });

  it('never promises what is not there, and accounts for every unit', () => {
    afterEveryStep(({ shop }) => {
      for (const [itemId, { onHand, reserved }] of shop.items) {
        const pending = shop.reservations.filter(
          (row) => row.itemId === itemId && row.status === 'PENDING',
        );
        expect({ onHand, reserved, available: Math.max(0, onHand - reserved) }).toEqual({
          onHand: total(shop.movementsOf(itemId).map((movement) => movement.quantity)),
          reserved: total(pending.map((row) => row.quantity)),
          available: onHand - reserved,
        });
      }
    });
  });

  it('never changes what has ended, nor ends a hold early', () => {
    afterEveryStep(({ shop, before }) => {
      const now = new Map(shop.reservations.map((row) => [row.id, row]));
      for (const row of before.reservations) {
        const after = now.get(row.id);
        if (row.status !== 'PENDING') expect({ ...after, isReturned: row.isReturned }).toEqual(row);
        if (row.isReturned) expect(after).toEqual(row);
        if (after?.isReturned) expect(after.status).toBe('COMMITTED');
        if (after?.status === 'EXPIRED') expect(after.expiresAtMs).toBeLessThanOrEqual(shop.nowMs);
        if (row.status === 'PENDING' && row.expiresAtMs <= before.nowMs) {
          expect(['PENDING', 'EXPIRED']).toContain(after?.status);
          expect(after?.expiresAtMs).toBe(row.expiresAtMs);
        }
      }
    });
  });

  it('answers a repeated command alike and does nothing more', () => {
    afterEveryStep(({ shop, command, decision }) => {
      if (command === null || decision === null || decision.outcome === 'released') return;
      const repeated = shop.reservation(command);
      const alike = REPEATED.get(decision.outcome) ?? decision.outcome;
      // An order can have ended in more than one way, and then either is an answer.
      const mixed = command.type !== 'reserve' && command.orderId !== undefined;
      const answers = mixed ? [...REPEATED.values(), alike] : [alike];
      if (command.type !== 'expire') expect(answers).toContain(repeated.outcome);
      const ids = (rows: readonly Reservation[]) => rows.map(({ id }) => id).sort();
      if (decision.outcome === 'reserved') {
        expect(ids(repeated.reservations)).toEqual(ids(decision.reservations));
      }
      // Of an order, the first meant what it held; the second may meet what was overdue beside that.
      const late = repeated.updated.filter((row) => isExpiredBy(row, shop.nowMs));
      const others = repeated.updated.filter((row) => !late.includes(row));
      expect([...repeated.created, ...others, ...repeated.movements]).toEqual([]);
      if (late.length > 0) return;
      const told = repeated.events.filter(
        ({ event }) => event.type !== 'InventoryReservationFailed',
      );
      expect(told).toEqual([]);
    });
  });

  it('changes nothing when it refuses, but for expiring what was overdue', () => {
    const done = ['reserved', 'committed', 'cancelled', 'released', 'restocked', 'extended'];
    afterEveryStep(({ before, decision }) => {
      if (decision === null || done.includes(decision.outcome)) return;
      const earlier = new Map(before.reservations.map((row) => [row.id, row]));
      expect([...decision.created, ...decision.movements]).toEqual([]);
      for (const row of decision.updated) {
        expect(row).toEqual({ ...earlier.get(row.id), status: 'EXPIRED' });
        expect(row.expiresAtMs).toBeLessThanOrEqual(before.nowMs);
      }
      for (const [itemId, state] of decision.items) {
        const freed = decision.updated.filter((row) => row.itemId === itemId);
        const { onHand, reserved } = before.items.get(itemId) ?? state;
        expect(state.onHand).toBe(onHand);
        expect(state.reserved).toBe(reserved - total(freed.map((row) => row.quantity)));
      }
    });
  });

  it('names every short item once, and numbers its failure there', () => {
    afterEveryStep(({ command, decision }) => {
      if (command?.type !== 'reserve' || decision === null) return;
      const failed = decision.events.filter(
        ({ event }) => event.type === 'InventoryReservationFailed',
      );
      const numbered = decision.shortages.filter(({ reason }) => reason !== 'PRODUCT_NOT_FOUND');
      expect(failed.map(({ itemId }) => itemId).sort()).toEqual(
        numbered.map(({ itemId }) => itemId).sort(),
      );
      const refused = ['insufficient_stock', 'discontinued', 'not_found'];
      expect(decision.shortages.length > 0).toBe(refused.includes(decision.outcome));
      for (const { requested, available } of decision.shortages) {
        expect(available).toBeLessThan(requested);
      }
    });
  });
});

describe('decideReservation: what is told', () => {
  it('numbers all events of an item without a gap', () => {
    afterEveryHistory((shop) => {
      for (const [itemId, { sequence }] of shop.items) {
        const numbers = shop.eventsOf(itemId).map((event) => event.sequence);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        expect(sequence).toBe(numbers.length);
      }
    });
  });

  it('rebuilds what is reserved, and the status, from the events alone', () => {
    afterEveryHistory((shop) => {
      for (const [itemId, state] of shop.items) {
        const events = shop.eventsOf(itemId);
        expect(total(events.map(heldByEvent))).toBe(state.reserved);
        const status = events.findLast((event) => event.type === 'StockStatusChanged');
        if (status) expect(state.status).toBe(status.newStatus);
      }
    });
  });

  it('emits exactly one crossing per status change that crosses', () => {
    afterEveryStep(({ decision }) => {
      for (const itemId of decision?.items.keys() ?? []) {
        const events = (decision?.events ?? []).filter((entry) => entry.itemId === itemId);
        const types = events.map(({ event }) => event.type);
        const changes = events.flatMap(({ event }) =>
          event.type === 'StockStatusChanged' ? [event] : [],
        );
        const silent = changes.filter(
          ({ oldStatus, newStatus }) => oldStatus === 'LOW_STOCK' && newStatus === 'IN_STOCK',
        );
        expect(changes.length).toBeLessThanOrEqual(1);
        expect(types.filter((type) => CROSSINGS.includes(type))).toHaveLength(
          changes.length - silent.length,
        );
      }
    });
  });

  it('tells a change in order: reservations, level, status, crossing, threshold reached', () => {
    afterEveryStep(({ decision }) => {
      for (const itemId of decision?.items.keys() ?? []) {
        const ranks = (decision?.events ?? [])
          .filter((entry) => entry.itemId === itemId)
          .map(({ event }) => rankOf(event));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }
    });
  });

  it('says what is available after each reservation event', () => {
    afterEveryStep(({ before, decision }) => {
      const available = new Map(
        [...before.items].map(([itemId, state]) => [itemId, state.onHand - state.reserved]),
      );
      for (const { itemId, event } of decision?.events ?? []) {
        if (rankOf(event) > 0) continue;
        expect(event.previousQuantity).toBe(available.get(itemId));
        expect(event.newQuantity).toBeGreaterThanOrEqual(0);
        available.set(itemId, event.newQuantity);
      }
      const returned = (decision?.movements ?? []).filter(
        ({ movement }) => movement.type === 'RETURN',
      );
      for (const [itemId, { onHand, reserved }] of decision?.items ?? []) {
        const back = returned.filter((entry) => entry.itemId === itemId);
        const units = total(back.map(({ movement }) => movement.quantity));
        expect(onHand - reserved).toBe((available.get(itemId) ?? 0) + units);
      }
    });
  });
});

function heldByEvent(event: ItemEvent): number {
  switch (event.type) {
    case 'InventoryReserved':
      return event.quantityReserved;
    case 'InventoryReleased':
      return -event.quantityReleased;
    case 'InventoryCommitted':
      return -event.quantityCommitted;
    default:
      return 0;
  }
}

function rankOf(event: ItemEvent): number {
  if (event.type.startsWith('Inventory')) return 0;
  const rest = ['StockLevelChanged', 'StockStatusChanged', '', 'LowStockThresholdReached'];
  return 1 + (CROSSINGS.includes(event.type) ? 2 : rest.indexOf(event.type));
}
