import type { ReservationCommand } from '../reservations/reservation-command';
import type { ReservationOutcome } from '../reservations/reservation-decision';
import type { Reservation } from '../reservations/reservation';

/** What the model says of a reservation command, worked out as naively as can be. */
export interface Expectation {
  outcome: ReservationOutcome;
  /** Units sold of each item, less those that came back. */
  sold: ReadonlyMap<string, number>;
  /** Units that each order holds of each item afterwards, as `order/item`. */
  held: ReadonlyMap<string, number>;
}

type TargetedCommand = Exclude<ReservationCommand, { type: 'reserve' | 'restock' }>;

interface Facts {
  nowMs: number;
  /** Quantity on hand of each item that is there. */
  onHand: ReadonlyMap<string, number>;
  discontinued: ReadonlySet<string>;
  reservations: readonly Reservation[];
}

type Row = Reservation & { sold?: boolean; cameBack?: boolean };

/** A shop that sweeps before it does anything else, and counts everything afresh every time. */
export function expectReservation(facts: Facts, command: ReservationCommand): Expectation {
  const rows: Row[] = facts.reservations.map((row) => {
    const overdue = row.status === 'PENDING' && row.expiresAtMs <= facts.nowMs;
    return { ...row, status: overdue ? 'EXPIRED' : row.status };
  });
  const outcome = outcomeOf(facts, rows, command);
  return {
    outcome,
    sold: sum(rows.filter((row) => row.sold ?? row.cameBack).map(toSale), (row) => row.itemId),
    held: sum(
      rows.filter((row) => row.status === 'PENDING'),
      (row) => `${row.orderId}/${row.itemId}`,
    ),
  };
}

function outcomeOf(facts: Facts, rows: Row[], command: ReservationCommand): ReservationOutcome {
  if (command.type === 'reserve') return reserve(facts, rows, command);
  return command.type === 'restock' ? restock(facts, rows, command.orderId) : act(rows, command);
}

const toSale = ({ itemId, quantity, sold }: Row) => ({
  itemId,
  quantity: sold ? quantity : -quantity,
});

function reserve(
  facts: Facts,
  rows: Row[],
  command: Extract<ReservationCommand, { type: 'reserve' }>,
): ReservationOutcome {
  const mine = rows.filter((row) => row.orderId === command.orderId);
  if (mine.some((row) => row.status === 'COMMITTED')) return 'already_committed';
  const wanted = sum(command.lines, (line) => line.itemId);
  const scoped = mine.filter(
    (row) => row.status === 'PENDING' && (command.scope !== 'items' || wanted.has(row.itemId)),
  );
  const before = sum(scoped, (row) => row.itemId);
  const same = (item: string) => (before.get(item) ?? 0) === (wanted.get(item) ?? 0);
  if ([...before.keys(), ...wanted.keys()].every(same)) return 'already_reserved';

  const failures = new Set<ReservationOutcome>();
  for (const [item, quantity] of wanted) {
    const own = before.get(item) ?? 0;
    const onHand = facts.onHand.get(item);
    const promised = sum(
      rows.filter((row) => row.status === 'PENDING'),
      (row) => row.itemId,
    );
    const room = (onHand ?? 0) - (promised.get(item) ?? 0) + own;
    if (onHand === undefined) failures.add('not_found');
    else if (facts.discontinued.has(item) && quantity > own) failures.add('discontinued');
    else if (quantity > room) failures.add('insufficient_stock');
  }
  const worst = (['not_found', 'discontinued', 'insufficient_stock'] as const).find((failure) =>
    failures.has(failure),
  );
  if (worst !== undefined) return worst;
  for (const row of scoped) row.status = 'CANCELLED';
  for (const [itemId, quantity] of wanted) {
    const { orderId } = command;
    rows.push({
      id: '',
      orderId,
      userId: null,
      itemId,
      quantity,
      status: 'PENDING',
      expiresAtMs: 0,
      isReturned: false,
    });
  }
  return 'reserved';
}

function restock({ onHand }: Facts, rows: Row[], orderId: string): ReservationOutcome {
  const mine = rows.filter((row) => row.orderId === orderId);
  const back = mine.filter((row) => row.status === 'COMMITTED' && !row.isReturned);
  const held = mine.filter((row) => row.status === 'PENDING');
  const coming = sum(back, (row) => row.itemId);
  if ([...coming].some(([item, quantity]) => (onHand.get(item) ?? 0) + quantity > 2 ** 31 - 1)) {
    return 'quantity_too_large';
  }
  for (const row of back) row.cameBack = true;
  for (const row of held) row.status = 'CANCELLED';
  if (back.length > 0) return 'restocked';
  if (held.length > 0) return 'cancelled';
  if (mine.length === 0) return 'not_found';
  const ended = mine.some((row) => row.status !== 'EXPIRED');
  return ended ? 'already_cancelled' : 'expired';
}

const ENDED = {
  COMMITTED: 'already_committed',
  CANCELLED: 'already_cancelled',
  EXPIRED: 'expired',
} as const;

function act(rows: Row[], command: TargetedCommand): ReservationOutcome {
  const meant = select(rows, command);
  if (command.type === 'expire') return 'expired';
  const latest = meant.at(-1);
  if (latest === undefined) return 'not_found';
  const ended = meant.map((row) => (row.status === 'PENDING' ? null : ENDED[row.status]));
  const pending = meant.filter((row) => row.status === 'PENDING');
  if (command.type === 'extend') return ended.find((end) => end !== null) ?? 'extended';

  const blocking = ended.filter((end) =>
    command.type === 'commit' ? end !== 'already_committed' : end === 'already_committed',
  );
  const block = blocking.find((end) => end !== null);
  if (block !== undefined) return block;
  if (pending.length === 0) {
    return ended.find((end) => end !== 'expired') ?? 'expired';
  }
  const { quantity } = command;
  if (quantity !== undefined) {
    if (pending.length > 1 || quantity === 0) return 'invalid';
    if (quantity > (pending[0]?.quantity ?? 0)) return 'exceeds_reserved';
  }
  return end(pending, command.type, quantity);
}

function end(
  pending: Row[],
  type: 'commit' | 'cancel',
  quantity: number | undefined,
): ReservationOutcome {
  let outcome: ReservationOutcome = type === 'commit' ? 'committed' : 'cancelled';
  for (const row of pending) {
    if (type === 'cancel' && quantity !== undefined && quantity < row.quantity) {
      row.quantity -= quantity;
      outcome = 'released';
      continue;
    }
    row.status = type === 'commit' ? 'COMMITTED' : 'CANCELLED';
    row.sold = type === 'commit';
    row.quantity = quantity ?? row.quantity;
  }
  return outcome;
}

function select(rows: Row[], command: TargetedCommand): Row[] {
  if (command.reservationIds !== undefined) {
    const named = command.reservationIds.map((id) => rows.find((row) => row.id === id));
    if (named.includes(undefined)) return [];
    return rows.filter((row) => named.includes(row));
  }
  const mine = rows.filter(
    (row) =>
      row.orderId === command.orderId &&
      (command.itemId === undefined || row.itemId === command.itemId),
  );
  for (const status of ['PENDING', 'COMMITTED', mine.at(-1)?.status]) {
    const some = mine.filter((row) => row.status === status);
    if (some.length > 0) return some;
  }
  return [];
}

function sum<T extends { quantity: number }>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const entry of entries) {
    sums.set(keyOf(entry), (sums.get(keyOf(entry)) ?? 0) + entry.quantity);
  }
  return sums;
}
