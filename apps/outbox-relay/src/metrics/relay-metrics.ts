import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type PublishFailureReason = 'nacked' | 'returned' | 'refused' | 'too_large';

export interface RelayMetrics {
  published(latencyMs: number): void;
  failed(reason: PublishFailureReason): void;
  parked(): void;
  /** Sent, and the connection was lost before the confirm: it is sent again. */
  unconfirmed(): void;
  claimed(events: number): void;
  deleted(rows: number): void;
}

/** What is read at each scrape. */
export interface RelayGauges {
  ownedPartitions(): number;
  bufferedEvents(): number;
  inFlight(): number;
  blockedSeconds(): number;
}

const LATENCY_BUCKETS = [
  0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300,
];

export function createRelayMetrics(registry: Registry): RelayMetrics {
  const registers = [registry];
  const published = new Counter({
    name: 'outbox_relay_published_total',
    help: 'Events that the broker has confirmed',
    registers,
  });
  const failures = new Counter({
    name: 'outbox_relay_publish_failures_total',
    help: 'Attempts that failed by the message, by reason',
    labelNames: ['reason'],
    registers,
  });
  const parked = new Counter({
    name: 'outbox_relay_parked_total',
    help: 'Events set aside after their last attempt',
    registers,
  });
  const unconfirmed = new Counter({
    name: 'outbox_relay_unconfirmed_total',
    help: 'Events sent again because the connection was lost before their confirm',
    registers,
  });
  const latency = new Histogram({
    name: 'outbox_relay_confirm_latency_seconds',
    help: 'From the making of an event to the confirm of its publication',
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const claims = new Histogram({
    name: 'outbox_relay_claim_size_events',
    help: 'Events per read that found any',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
    registers,
  });
  const deletes = new Histogram({
    name: 'outbox_relay_delete_size_rows',
    help: 'Rows per delete statement',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
    registers,
  });
  for (const reason of ['nacked', 'returned', 'refused', 'too_large']) failures.inc({ reason }, 0);
  return {
    published(latencyMs) {
      published.inc();
      latency.observe(Math.max(0, latencyMs) / 1000);
    },
    failed: (reason) => failures.inc({ reason }),
    parked: () => parked.inc(),
    unconfirmed: () => unconfirmed.inc(),
    claimed: (events) => claims.observe(events),
    deleted: (rows) => deletes.observe(rows),
  };
}

export function registerRelayGauges(registry: Registry, gauges: RelayGauges): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('outbox_relay_owned_partitions', 'Partitions held', gauges.ownedPartitions);
  gauge('outbox_relay_buffered_events', 'Events claimed and not confirmed', gauges.bufferedEvents);
  gauge('outbox_relay_in_flight_events', 'Events sent and not confirmed', gauges.inFlight);
  gauge(
    'outbox_relay_blocked_seconds',
    'Time the broker has accepted no publishes, since the start',
    gauges.blockedSeconds,
  );
}
