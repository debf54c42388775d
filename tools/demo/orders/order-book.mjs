/** An answer that takes longer is a fault, not a reason to wait on. */
const ANSWER_TIMEOUT_MS = 30_000;
/** How many of an order's products have to be told of, by what, when its ending has taken effect. */
const ENDED_BY = {
  paid: 'sold',
  early: 'sold',
  declined: 'released',
  cancelled: 'released',
  pickedUp: 'released',
  abandoned: 'expired',
  late: 'expired',
  returned: 'returned',
};
const RELEASES = { ORDER_CANCELLED: 'released', RESERVATION_EXPIRED: 'expired' };

/**
 * What the shop knows of its orders: what it was answered when it placed them, and what the events
 * have told since. `take` is given every event.
 */
export function createOrderBook(orders) {
  const entries = new Map(orders.map((order) => [order.orderId, createEntry(order)]));
  const returns = new Map();
  const faults = [];

  function note(entry, column, { productId }, quantity) {
    entry[column].set(productId, (entry[column].get(productId) ?? 0) + quantity);
    entry.changed();
  }

  return {
    faults,
    all: () => [...entries.values()],
    of: ({ orderId }) => entries.get(orderId),
    /** The order whose goods come back by this message. */
    awaitReturn: (order, correlationId) => returns.set(correlationId, entries.get(order.orderId)),
    take({ eventType, correlationId, data }) {
      const returned = returns.get(correlationId);
      if (eventType === 'StockLevelChangedEvent' && returned !== undefined) {
        note(returned, 'returned', data, data.quantityChanged);
      }
      const entry = entries.get(data.orderId);
      if (entry === undefined) return;
      if (eventType === 'InventoryReservedEvent') {
        note(entry, 'reserved', data, data.quantityReserved);
      } else if (eventType === 'InventoryReservationFailedEvent') {
        note(entry, 'refused', data, data.quantityAttempted);
      } else if (eventType === 'InventoryCommittedEvent') {
        note(entry, 'sold', data, data.quantityCommitted);
      } else if (eventType === 'InventoryReleasedEvent') {
        note(entry, RELEASES[data.reasonForRelease] ?? 'adjusted', data, data.quantityReleased);
      }
    },
    open: () => [...entries.values()].filter((entry) => !isSettled(entry)),
  };
}

function createEntry(order) {
  const listeners = new Set();
  const entry = {
    order,
    placedAt: null,
    /** What the shop was answered: 'reserved' or 'refused'. */
    answer: null,
    ...Object.fromEntries(
      ['reserved', 'refused', 'sold', 'released', 'expired', 'returned', 'adjusted'].map(
        (column) => [column, new Map()],
      ),
    ),
    changed: () => [...listeners].forEach((listener) => listener()),
    /** Resolves with what `find` finds, as soon as it finds something. */
    until(find, interrupted) {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
      return new Promise((resolve, reject) => {
        const stop = () => {
          listeners.delete(look);
          reject(signal.reason);
        };
        const look = () => {
          const found = find(entry);
          if (!found) return;
          listeners.delete(look);
          signal.removeEventListener('abort', stop);
          resolve(found);
        };
        listeners.add(look);
        signal.addEventListener('abort', stop, { once: true });
        look();
      });
    },
  };
  return entry;
}

/** What an order came to, as the events tell it: all of it reserved, or nothing. */
export function toldAnswer({ order, reserved, refused }) {
  if (refused.size > 0) return 'refused';
  return reserved.size === order.lines.length ? 'reserved' : null;
}

export function isSold({ order, sold }) {
  return sold.size === order.lines.length;
}

/** Whether the events have told all that is to be told of an order. */
function isSettled(entry) {
  const answer = toldAnswer(entry);
  if (answer !== 'reserved') return answer === 'refused';
  return entry[endingOf(entry)].size === entry.order.lines.length;
}

/** The column that an order which got its stock has to end in. */
export function endingOf({ order }) {
  return ENDED_BY[order.ending];
}
