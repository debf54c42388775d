import type { Delivery } from '../../record/history';
import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Events that came with different bodies, or whose properties say something else than the body. */
export function findOtherBodies({ history: { deliveries } }: Evidence): Finding[] {
  const bodies = new Map<string, string>();
  return deliveries.flatMap((delivery) => {
    const { eventId, body } = delivery;
    const first = bodies.get(eventId) ?? body;
    bodies.set(eventId, first);
    const detail = first === body ? contradictionIn(delivery) : 'came with two bodies';
    if (detail === undefined) return [];
    const subject = `event ${eventId}`;
    return [{ verdict: 'other body under the same eventId', subject, detail }];
  });
}

function contradictionIn({ eventId, sequence, body }: Delivery): string | undefined {
  const envelope = parse(body);
  if (envelope?.eventId !== eventId) return 'the body names another eventId';
  const named = envelope.data?.sequence ?? 0;
  return named === sequence ? undefined : 'the body names another sequence';
}

function parse(body: string): { eventId?: string; data?: { sequence?: number } } | undefined {
  try {
    return JSON.parse(body) as object;
  } catch {
    return undefined; // no JSON names no eventId either
  }
}
