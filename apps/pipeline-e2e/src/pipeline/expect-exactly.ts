import { type EventObserver, waitUntil } from '@inventory-events/testing';
import { expectEvents } from '../oracle/expect-events';
import type { ExpectedEvent } from '../oracle/expected-event';
import { shopItem } from '../shop-day/shop-item';
import type { StockChange } from '../shop-day/stock-change';
import { comparablePart, expectedOnWire } from '../wire/expected-on-wire';
import { deadLetterCount, readProgress, waitForEmptyOutbox, waitForProcessed } from './progress';
import { readAuditApi } from './read-audit-api';
import { readAuditRows } from './read-audit-rows';
import { type Journal, readJournal } from './read-journal';
import type { PipelineServers } from './start-pipeline';

const DEFAULT_THRESHOLD = 10;

interface Outcome {
  changes: readonly StockChange[];
  servers: PipelineServers;
  observer: EventObserver;
  auditApiUrl: string;
}

/**
 * The whole promise in one place: every valid update had its effect once, every committed event
 * was published in order per item, and the audit log equals what was published.
 */
export async function expectExactly(outcome: Outcome): Promise<Journal> {
  const { changes, servers, observer, auditApiUrl } = outcome;
  const expected = oracleOf(changes);
  const total = [...expected.values()].reduce((sum, events) => sum + events.length, 0);
  await waitForProcessed(
    servers.databaseUrl,
    new Set(changes.map(({ update }) => update.eventId)).size,
  );
  await waitForEmptyOutbox(servers.databaseUrl);
  const journal = await completeJournal(observer, total);

  expect(journal.violations).toEqual([]);
  for (const [productId, events] of expected) {
    const published = journal.perProduct.get(productId) ?? [];
    expect({ productId, events: published.map(comparablePart) }).toEqual({
      productId,
      events: events.map(expectedOnWire),
    });
  }
  expect(journal.count).toBe(total);
  expect(await deadLetterCount(servers.amqpUrl)).toBe(0);
  expect((await readProgress(servers.databaseUrl)).parked).toBe(0);
  await expectAudited(outcome, expected, journal);
  expect((await readAuditApi(auditApiUrl)).sort()).toEqual(publishedIds(journal));
  return journal;
}

function oracleOf(changes: readonly StockChange[]): Map<string, ExpectedEvent[]> {
  const perProduct = new Map<string, { threshold: number; band: number }>();
  for (const { stockCode, update } of changes) {
    const { rule } = shopItem(stockCode);
    if (rule) perProduct.set(update.productId, rule);
  }
  const updates = changes.map(({ update }) => update);
  return expectEvents(updates, { defaultThreshold: DEFAULT_THRESHOLD, perProduct });
}

async function completeJournal(observer: EventObserver, total: number): Promise<Journal> {
  await waitUntil(() => observer.messages.length >= total, {
    timeoutMs: 20_000,
    message: () => `${total} events, saw ${observer.messages.length}`,
  });
  await waitUntil(() => readJournal(observer.messages).count >= total, {
    timeoutMs: 20_000,
    intervalMs: 200,
    message: () => `${total} different events`,
  });
  return readJournal(observer.messages);
}

async function expectAudited(
  { servers }: Outcome,
  expected: ReadonlyMap<string, ExpectedEvent[]>,
  journal: Journal,
): Promise<void> {
  const rows = await readAuditRows(servers.databaseUrl);
  expect(rows.map(({ id }) => id).sort()).toEqual(publishedIds(journal));
  const audited = rows.map(({ id: _, ...row }) => row);
  const due = [...expected]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([productId, events]) =>
      events.map(({ statuses: _, ...event }) => ({ productId, ...event })),
    );
  expect(audited).toEqual(due);
}

function publishedIds({ perProduct }: Journal): string[] {
  return [...perProduct.values()].flatMap((events) => events.map(({ eventId }) => eventId)).sort();
}
