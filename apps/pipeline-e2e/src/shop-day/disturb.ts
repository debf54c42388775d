import { seededInt, seededUuid } from './seeded';
import type { StockChange } from './stock-change';

const DAY_MS = 86_400_000;

/**
 * What a real source does to a clean stream without changing its meaning: it sends some updates
 * twice, some long after newer ones, and is sometimes wrong about the quantity before.
 */
export function disturb(changes: readonly StockChange[]): StockChange[] {
  const told = changes.map((change, index) =>
    seededInt(40, 'mistaken', index) === 0 ? mistaken(change) : change,
  );
  return told.flatMap((change, index) => {
    const draw = seededInt(40, 'disturb', index);
    const earlier = told[index - 25];
    if (draw === 0) return [change, change];
    if (draw === 1 && earlier) return [change, earlier];
    if (draw === 2 && change.cause !== 'opening') return [change, belated(change, index)];
    return [change];
  });
}

function belated(change: StockChange, index: number): StockChange {
  const { update } = change;
  const occurredAt = new Date(Date.parse(update.occurredAt ?? '') - DAY_MS).toISOString();
  return {
    ...change,
    update: {
      ...update,
      eventId: seededUuid('belated', index),
      quantity: update.quantity + 1_000,
      ...(update.sequence !== undefined && { sequence: update.sequence - 1 }),
      occurredAt,
    },
  };
}

function mistaken(change: StockChange): StockChange {
  if (change.cause === 'opening') return change;
  const before = change.before + 7;
  const { update } = change;
  return {
    ...change,
    before,
    update: { ...update, ...(update.previous !== undefined && { previous: before }) },
  };
}
