import { decide } from '../decide';
import type { Decision } from '../decision';
import type { ItemEvent } from '../events/item-event';
import { initialStockState } from '../initial-stock-state';
import type { Movement } from '../movement';
import { decideReservation } from '../reservations/decide-reservation';
import type { Reservation } from '../reservations/reservation';
import type { ReservationCommand } from '../reservations/reservation-command';
import type { ReservationDecision } from '../reservations/reservation-decision';
import type { ReservationSlice } from '../reservations/reservation-slice';
import type { StockCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';

/** What a ledger does around the decisions, in memory: lock and read a slice, decide, store. */
export interface Shop {
  readonly nowMs: number;
  readonly items: ReadonlyMap<string, StockState>;
  readonly reservations: readonly Reservation[];
  readonly latestCommand: ReservationCommand | null;
  eventsOf(itemId: string): readonly ItemEvent[];
  movementsOf(itemId: string): readonly Movement[];
  wait(ms: number): void;
  stock(itemId: string, command: StockCommand): Decision;
  reservation(command: ReservationCommand): ReservationDecision;
}

export function createShop(itemIds: readonly string[], policy: ThresholdPolicy): Shop {
  const items = new Map(itemIds.map((itemId) => [itemId, initialStockState()]));
  const reservations = new Map<string, Reservation>();
  const events = new Map<string, ItemEvent[]>(itemIds.map((itemId) => [itemId, []]));
  const movements = new Map<string, Movement[]>(itemIds.map((itemId) => [itemId, []]));
  let nowMs = 1_000;
  let lastId = 0;
  let latestCommand: ReservationCommand | null = null;

  /** Only what the slice promises to hold, so that a decision which needs more is found out. */
  function sliceFor(command: ReservationCommand): ReservationSlice {
    const lines = new Set(
      command.type === 'reserve' ? command.lines.map((line) => line.itemId) : [],
    );
    const named = new Set(command.orderId === undefined ? command.reservationIds : []);
    const read = [...reservations.values()].filter(
      ({ id, orderId, itemId, status, expiresAtMs }) =>
        orderId === command.orderId ||
        named.has(id) ||
        (lines.has(itemId) && status === 'PENDING' && expiresAtMs <= nowMs),
    );
    const locked = new Set([...lines, ...read.map(({ itemId }) => itemId)]);
    return {
      nowMs,
      items: new Map([...items].filter(([itemId]) => locked.has(itemId))),
      policyOf: () => policy,
      reservations: read,
    };
  }

  return {
    get nowMs() {
      return nowMs;
    },
    items,
    get reservations() {
      return [...reservations.values()];
    },
    get latestCommand() {
      return latestCommand;
    },
    eventsOf: (itemId) => events.get(itemId) ?? [],
    movementsOf: (itemId) => movements.get(itemId) ?? [],
    wait(ms) {
      nowMs += ms;
    },
    stock(itemId, command) {
      const decision = decide(items.get(itemId) ?? initialStockState(), command, policy);
      items.set(itemId, decision.state);
      events.get(itemId)?.push(...decision.events);
      movements.get(itemId)?.push(...decision.movements);
      return decision;
    },
    reservation(command) {
      latestCommand = command;
      const decision = decideReservation(sliceFor(command), command, () => `r${(lastId += 1)}`);
      for (const [itemId, state] of decision.items) items.set(itemId, state);
      for (const row of [...decision.updated, ...decision.created]) reservations.set(row.id, row);
      for (const { itemId, event } of decision.events) events.get(itemId)?.push(event);
      for (const { itemId, movement } of decision.movements) movements.get(itemId)?.push(movement);
      return decision;
    },
  };
}
