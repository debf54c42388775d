import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Items whose counters are not what their movements and their pending holds add up to. */
export function findUnbalanced({ history: { snapshot } }: Evidence): Finding[] {
  const moved = new Map<string, number>();
  for (const { itemId, quantity } of snapshot.movements) {
    moved.set(itemId, (moved.get(itemId) ?? 0) + quantity);
  }
  const held = new Map<string, number>();
  for (const { itemId, status, quantity } of snapshot.reservations) {
    if (status === 'PENDING') held.set(itemId, (held.get(itemId) ?? 0) + quantity);
  }
  return snapshot.items.flatMap(({ id, onHand, reserved }) => {
    const subject = `item ${id}`;
    const findings: Finding[] = [];
    const sum = moved.get(id) ?? 0;
    if (onHand !== sum) {
      const detail = `${onHand} on hand, movements of ${sum}`;
      findings.push({ verdict: 'on_hand ≠ Σ movements', subject, detail });
    }
    const holds = held.get(id) ?? 0;
    if (reserved !== holds) {
      const detail = `${reserved} reserved, holds of ${holds}`;
      findings.push({ verdict: 'reserved ≠ Σ holds', subject, detail });
    }
    return findings;
  });
}
