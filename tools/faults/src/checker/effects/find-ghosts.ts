import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** What the product does by its own clock has no message. */
const OWN_CAUSES: ReadonlySet<string> = new Set(['expire', 'reportDrift']);

/** Effects of messages that nobody sent, or that certainly did not arrive. */
export function findGhosts({ history: { snapshot }, arrivable }: Evidence): Finding[] {
  const own = new Set<string | null>();
  for (const event of snapshot.events) {
    if (OWN_CAUSES.has(event.cause)) own.add(event.causeMessageId);
  }
  const unsent = (id: string | null): boolean =>
    !own.has(id) && (id === null || !arrivable.has(id));
  const ghost = (subject: string, detail: string): Finding => ({
    verdict: 'ghost',
    subject,
    detail,
  });
  return [
    ...snapshot.inbox
      .filter((row) => unsent(row.messageId))
      .map((row) => ghost(`message ${row.messageId}`, 'processed, and nobody sent it')),
    ...snapshot.events
      .filter((row) => unsent(row.causeMessageId))
      .map((row) => ghost(`event ${row.id}`, `caused by ${row.causeMessageId}, which nobody sent`)),
    ...snapshot.movements
      .filter((row) => unsent(row.causeMessageId))
      .map((row) =>
        ghost(`movement of ${row.itemId}`, `caused by ${row.causeMessageId}, which nobody sent`),
      ),
  ];
}
