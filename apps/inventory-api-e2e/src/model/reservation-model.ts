export type HoldStatus = 'PENDING' | 'COMMITTED' | 'CANCELLED' | 'EXPIRED';

export interface ModelHold {
  readonly reservationId: string;
  readonly orderId: string;
  readonly inventoryId: string;
  quantity: number;
  status: HoldStatus;
  isOverdue: boolean;
}

export interface HoldFacts {
  /** Undefined where only the service can know. */
  readonly reservationId?: string;
  readonly inventoryId: string;
  readonly quantity: number;
  readonly status: HoldStatus;
}

export interface Line {
  readonly inventoryId: string;
  readonly quantity: number;
}

export type Expected =
  | { readonly status: 200 | 201; readonly holds: readonly HoldFacts[] }
  | { readonly status: number; readonly code: string };

export type ReservationModel = ReturnType<typeof createReservationModel>;

/**
 * What the service promises of stock and reservations, in the plainest words: no batches, no sweep,
 * no database. A hold whose time has passed frees its units at once.
 */
export function createReservationModel(onHand: Map<string, number>) {
  const holds: ModelHold[] = [];
  const ofOrder = (orderId: string) => holds.filter((hold) => hold.orderId === orderId);
  const heldOf = (inventoryId: string, isCounted: (hold: ModelHold) => boolean) =>
    holds
      .filter((hold) => hold.inventoryId === inventoryId && isCounted(hold))
      .reduce((sum, hold) => sum + hold.quantity, 0);
  const available = (inventoryId: string) =>
    (onHand.get(inventoryId) ?? 0) - heldOf(inventoryId, isLive);

  return {
    holds,
    available,
    ofOrder: (orderId: string) => ofOrder(orderId).map(toFacts),

    reserve(orderId: string, lines: readonly Line[]): Expected {
      const own = ofOrder(orderId);
      if (own.some(({ status }) => status === 'COMMITTED')) return refused('ALREADY_COMMITTED');
      own.forEach(expire);
      const live = own.filter(isLive);
      const wanted = sumByItem(lines);
      const held = sumByItem(live);
      const isHeld = [...wanted].every(([id, quantity]) => held.get(id) === quantity);
      if (isHeld && held.size === wanted.size) return { status: 200, holds: live.map(toFacts) };
      for (const [id, quantity] of wanted) {
        if (quantity > available(id) + (held.get(id) ?? 0)) return refused('INSUFFICIENT_STOCK');
      }
      const kept = live.filter((hold) => wanted.get(hold.inventoryId) === hold.quantity);
      for (const hold of live) if (!kept.includes(hold)) hold.status = 'CANCELLED';
      for (const hold of kept) wanted.delete(hold.inventoryId);
      const added = [...wanted].map(([inventoryId, quantity]): HoldFacts => {
        return { inventoryId, quantity, status: 'PENDING' };
      });
      return { status: 201, holds: [...kept.map(toFacts), ...added] };
    },

    /** Takes over what a reservation answered: only the service names new holds. */
    learn(orderId: string, answered: readonly Required<HoldFacts>[]) {
      for (const { reservationId, inventoryId, quantity, status } of answered) {
        if (holds.some((hold) => hold.reservationId === reservationId)) continue;
        holds.push({ reservationId, orderId, inventoryId, quantity, status, isOverdue: false });
      }
    },

    commit(meant: readonly ModelHold[], quantity?: number): Expected {
      if (meant.length === 0) return notFound();
      meant.forEach(expire);
      const unsold = meant.filter(({ status }) => status !== 'COMMITTED');
      const ended = unsold.find(({ status }) => status !== 'PENDING');
      if (ended !== undefined) return refused(codeOfEnd(ended));
      if (unsold.length === 0) {
        const isSame = quantity === undefined || meant.every((hold) => hold.quantity === quantity);
        return isSame ? done(meant) : refused('ALREADY_COMMITTED');
      }
      if (exceeds(unsold, quantity)) return refused('EXCEEDS_RESERVED');
      for (const hold of unsold) {
        hold.quantity = quantity ?? hold.quantity;
        hold.status = 'COMMITTED';
        onHand.set(hold.inventoryId, (onHand.get(hold.inventoryId) ?? 0) - hold.quantity);
      }
      return done(meant);
    },

    cancel(meant: readonly ModelHold[], quantity?: number): Expected {
      if (meant.length === 0) return notFound();
      meant.forEach(expire);
      if (meant.some(({ status }) => status === 'COMMITTED')) return refused('ALREADY_COMMITTED');
      const live = meant.filter(isLive);
      if (exceeds(live, quantity)) return refused('EXCEEDS_RESERVED');
      for (const hold of live) {
        if (quantity === undefined || quantity === hold.quantity) hold.status = 'CANCELLED';
        else hold.quantity -= quantity;
      }
      return done(meant);
    },

    extend(meant: readonly ModelHold[]): Expected {
      if (meant.length === 0) return notFound();
      meant.forEach(expire);
      const ended = meant.find(({ status }) => status !== 'PENDING');
      return ended === undefined ? done(meant) : refused(codeOfEnd(ended));
    },

    /** What a command about an order is about: what is held, else what was sold, else the latest. */
    meantBy(orderId: string): readonly ModelHold[] {
      const own = ofOrder(orderId);
      const live = own.filter(isLive);
      if (live.length > 0) return live;
      const sold = own.filter(({ status }) => status === 'COMMITTED');
      if (sold.length > 0) return sold;
      const latest = own.at(-1);
      return own.filter((hold) => toFacts(hold).status === (latest && toFacts(latest).status));
    },

    passTimeOf(orderId: string) {
      for (const hold of ofOrder(orderId)) if (isLive(hold)) hold.isOverdue = true;
    },

    /** Undefined where it depends on whether an overdue hold was swept. */
    canAdjust(inventoryId: string, delta: number): boolean | undefined {
      const rest = (onHand.get(inventoryId) ?? 0) + delta;
      if (rest < heldOf(inventoryId, isLive)) return false;
      return rest >= heldOf(inventoryId, ({ status }) => status === 'PENDING') ? true : undefined;
    },
    adjust(inventoryId: string, delta: number) {
      onHand.set(inventoryId, (onHand.get(inventoryId) ?? 0) + delta);
    },
  };
}

function isLive({ status, isOverdue }: ModelHold): boolean {
  return status === 'PENDING' && !isOverdue;
}

function expire(hold: ModelHold): void {
  if (hold.status === 'PENDING' && hold.isOverdue) hold.status = 'EXPIRED';
}

function exceeds(live: readonly ModelHold[], quantity = 0): boolean {
  return live.some((hold) => quantity > hold.quantity);
}

function toFacts({ reservationId, inventoryId, quantity, status, isOverdue }: ModelHold) {
  const isExpired = status === 'PENDING' && isOverdue;
  const told: HoldStatus = isExpired ? 'EXPIRED' : status;
  return { reservationId, inventoryId, quantity, status: told };
}

function sumByItem(lines: readonly Line[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { inventoryId, quantity } of lines) {
    sums.set(inventoryId, (sums.get(inventoryId) ?? 0) + quantity);
  }
  return sums;
}

function done(meant: readonly ModelHold[]): Expected {
  return { status: 200, holds: meant.map(toFacts) };
}

function refused(code: string): Expected {
  return { status: 409, code };
}

function notFound(): Expected {
  return { status: 404, code: 'RESERVATION_NOT_FOUND' };
}

function codeOfEnd({ status }: ModelHold): string {
  if (status === 'COMMITTED') return 'ALREADY_COMMITTED';
  return status === 'CANCELLED' ? 'ALREADY_CANCELLED' : 'RESERVATION_EXPIRED';
}
