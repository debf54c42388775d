import { coerceError } from '@inventory-events/errors';
import type { Logger } from '@inventory-events/service-runtime';
import type { LedgerResult } from '@inventory-events/stock-ledger';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface IngestMetrics {
  recordBatch(batch: { readonly size: number; readonly durationMs: number }): void;
  recordResults(results: readonly LedgerResult[]): void;
  recordOrderEvent(type: string, result: LedgerResult): void;
  recordIgnoredEvent(): void;
  recordDeadLetter(source: string, code: string): void;
  recordRetry(): void;
  recordRedelivery(): void;
}

export interface IngestMetricsOptions {
  readonly registry: Registry;
  /** Messages waiting per queue that this worker serves; asked at every scrape. */
  readonly backlog: () => Promise<ReadonlyMap<string, number>>;
  readonly logger: Logger;
}

const BATCH_SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500];
const BATCH_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

export function createIngestMetrics(options: IngestMetricsOptions): IngestMetrics {
  const registers = [options.registry];
  const batchSize = new Histogram({
    name: 'ingest_batch_size',
    help: 'Messages per batch',
    buckets: BATCH_SIZES,
    registers,
  });
  const batchDuration = new Histogram({
    name: 'ingest_batch_duration_seconds',
    help: 'From taking a batch to its acknowledgement, retries included',
    buckets: BATCH_SECONDS,
    registers,
  });
  const updates = new Counter({
    name: 'ingest_updates_total',
    help: 'Updates by what became of them; `duplicate` are dedupe hits',
    labelNames: ['outcome'],
    registers,
  });
  const orderEvents = new Counter({
    name: 'ingest_order_events_total',
    help: 'Order, payment and product events by what became of them',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const ignored = counter(
    'ingest_ignored_events_total',
    "Others' events that came through the bindings of the order queue",
    registers,
  );
  const events = counter('ingest_events_total', 'Events that messages caused', registers);
  const mismatches = counter(
    'ingest_previous_quantity_mismatches_total',
    'Updates whose idea of the quantity before differed from the stored one',
    registers,
  );
  const deadLetters = new Counter({
    name: 'ingest_dead_letters_total',
    help: 'Messages dead-lettered by the worker, by where they came from and the reason',
    labelNames: ['source', 'code'],
    registers,
  });
  const retries = counter(
    'ingest_retries_total',
    'Attempts that failed and are repeated',
    registers,
  );
  const redeliveries = counter('ingest_redeliveries_total', 'Messages delivered again', registers);
  registerBacklog(options);

  return {
    recordBatch({ size, durationMs }) {
      batchSize.observe(size);
      batchDuration.observe(durationMs / 1_000);
    },
    recordResults(results) {
      const outcomes = new Map<LedgerResult['outcome'], number>();
      let eventCount = 0;
      let mismatchCount = 0;
      for (const { outcome, eventCount: made, previousQuantityMismatch } of results) {
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        eventCount += made;
        if (previousQuantityMismatch) mismatchCount += 1;
      }
      for (const [outcome, count] of outcomes) updates.inc({ outcome }, count);
      events.inc(eventCount);
      mismatches.inc(mismatchCount);
    },
    recordOrderEvent(type, { outcome, eventCount }) {
      orderEvents.inc({ type, outcome });
      events.inc(eventCount);
    },
    recordIgnoredEvent: () => ignored.inc(),
    recordDeadLetter: (source, code) => deadLetters.inc({ source, code }),
    recordRetry: () => retries.inc(),
    recordRedelivery: () => redeliveries.inc(),
  };
}

function counter(name: string, help: string, registers: Registry[]): Counter {
  return new Counter({ name, help, registers });
}

function registerBacklog({ registry, backlog, logger }: IngestMetricsOptions): void {
  new Gauge({
    name: 'ingest_queue_messages',
    help: 'Messages ready in the queues that this worker serves',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      this.reset();
      try {
        for (const [queue, messages] of await backlog()) this.set({ queue }, messages);
      } catch (thrown) {
        // The other figures are wanted most of all while the broker is away.
        logger.debug({ err: coerceError(thrown) }, 'the backlog could not be read');
      }
    },
  });
}
