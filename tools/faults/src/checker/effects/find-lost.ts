import { isValid } from '../../workload/operation';
import { effectIdOf, type Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Messages that the broker confirmed, and that are nowhere now and had no effect. */
export function findLost(evidence: Evidence): Finding[] {
  const { confirmed, processed, deadLettered, queued } = evidence;
  const held = new Set<string>();
  for (const { operation } of evidence.history.operations) {
    const { messageId } = operation;
    if (deadLettered.has(messageId) || queued.has(messageId)) held.add(effectIdOf(operation));
  }
  const findings = new Map<string, Finding>();
  for (const { operation } of evidence.history.operations) {
    const id = effectIdOf(operation);
    if (!confirmed.has(id) || processed.has(id) || held.has(id)) continue;
    const detail = isValid(operation)
      ? 'confirmed by the broker, not processed, not dead-lettered'
      : 'to be refused, and not in the dead-letter queue';
    findings.set(id, { verdict: 'lost', subject: `${operation.kind} ${id}`, detail });
  }
  return [...findings.values()];
}
