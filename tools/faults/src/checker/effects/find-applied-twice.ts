import type { Evidence } from '../evidence';
import type { Finding } from '../finding';

/** Messages that had their effect more than once. */
export function findAppliedTwice({ history: { snapshot } }: Evidence): Finding[] {
  const { inbox, events, movements } = snapshot;
  return [
    ...repeatedOf(inbox, (row) => row.messageId, 'processed'),
    ...repeatedOf(
      events,
      (row) => row.causeMessageId && `${row.causeMessageId}: ${row.type} of ${row.itemId}`,
      'told',
    ),
    ...repeatedOf(
      movements,
      (row) => row.causeMessageId && `${row.causeMessageId}: ${row.reason} of ${row.itemId}`,
      'moved',
    ),
  ];
}

function repeatedOf<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
  what: string,
): Finding[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([key, count]) => ({
      verdict: 'applied twice',
      subject: `message ${key}`,
      detail: `${what} ${count} times`,
    }));
}
