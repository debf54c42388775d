import { topology } from '@inventory-events/contracts';
import {
  createEventObserver,
  createTestDatabase,
  createTestVhost,
  startApp,
  waitUntil,
  withClient,
  type EventObserver,
  type RunningApp,
  type TestDatabase,
  type TestVhost,
} from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';

export interface NewEvent {
  readonly itemId: string;
  readonly sequence: number;
  readonly routingKey?: string;
}

/** One database and one virtual host, and the built relay as any number of processes. */
export class RelayWorld {
  readonly #apps: RunningApp[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly vhost: TestVhost,
    readonly observer: EventObserver,
  ) {}

  static async open(): Promise<RelayWorld> {
    const [database, vhost] = await Promise.all([createTestDatabase(), createTestVhost()]);
    const { events, unroutedEvents } = topology.exchanges;
    const observer = await createEventObserver({
      amqpUrl: vhost.url,
      exchange: events,
      declare: (channel) =>
        channel.assertExchange(events, topology.exchangeTypes.events, {
          durable: true,
          alternateExchange: unroutedEvents,
        }),
    });
    return new RelayWorld(database, vhost, observer);
  }

  async close(): Promise<void> {
    // A paused process takes no signal but this one.
    await Promise.all(this.#apps.filter((app) => app.isRunning()).map((app) => app.kill()));
    await this.observer.close();
    await Promise.all([this.database.drop(), this.vhost.remove()]);
  }

  async startRelay(
    env: Record<string, string> = {},
    until: 'ready' | 'live' = 'ready',
  ): Promise<RunningApp> {
    const app = await startApp({
      app: 'outbox-relay',
      env: {
        DATABASE_URL: this.database.url,
        AMQP_URL: this.vhost.url,
        RELAY_MAX_ATTEMPTS: '3',
        RELAY_RETRY_INITIAL_MS: '20',
        RELAY_RETRY_MAX_MS: '50',
        ...env,
      },
      until,
    });
    this.#apps.push(app);
    return app;
  }

  async query(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    const { rows } = await withClient(this.database.url, (client) => client.query(sql, values));
    return rows;
  }

  async insert(events: readonly NewEvent[]): Promise<void> {
    const column = <T>(read: (event: NewEvent) => T): T[] => events.map(read);
    await this.query(
      `WITH inserted AS (
         INSERT INTO outbox_messages (partition, item_id, event_id, event_type, sequence,
           routing_key, correlation_id, payload)
         SELECT partition, item_id, event_id, 'StockLevelChangedEvent', sequence, key, 'c', '{}'
         FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[])
           WITH ORDINALITY AS e (partition, item_id, event_id, sequence, key, nth)
         ORDER BY nth)
       SELECT pg_notify('outbox', '')`,
      [
        column(({ itemId }) => Number.parseInt(itemId.slice(-2), 16) % 64),
        column(({ itemId }) => itemId),
        column(() => randomUUID()),
        column(({ sequence }) => sequence),
        column(({ routingKey }) => routingKey ?? 'inventory.stock.changed'),
      ],
    );
  }

  async count(table: 'outbox_messages' | 'outbox_parked'): Promise<number> {
    const rows = await this.query(`SELECT count(*)::int AS count FROM ${table}`);
    return Number(rows[0]?.['count']);
  }

  waitUntilEmpty(): Promise<unknown> {
    return waitUntil(async () => (await this.count('outbox_messages')) === 0, {
      timeoutMs: 60_000,
      message: 'the outbox to be empty',
    });
  }

  /** Held partitions per process, most first. */
  async shares(): Promise<number[]> {
    const rows = await this.query(
      `SELECT count(*)::int - 1 AS share FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = 'advisory' AND application_name = 'outbox-relay leases'
         AND datname = current_database()
       GROUP BY pid ORDER BY share DESC`,
    );
    return rows.map((row) => Number(row['share']));
  }

  /** Sequences of each item, as a consumer takes them that drops `sequence <= last seen`. */
  accepted(): Map<string, number> {
    const last = new Map<string, number>();
    for (const { headers } of this.observer.messages) {
      const itemId = String(headers['x-item-id']);
      const sequence = Number(headers['x-sequence']);
      const seen = last.get(itemId) ?? 0;
      if (sequence <= seen) continue;
      if (sequence !== seen + 1) throw new Error(`${itemId}: ${sequence} came after ${seen}`);
      last.set(itemId, sequence);
    }
    return last;
  }

  /** Waits for every event up to `count` of all `items`, then looks for gaps and swaps. */
  async expectAll(items: number, count: number): Promise<void> {
    await this.waitUntilEmpty();
    await this.observer.waitForCount(items * count, 30_000);
    await waitUntil(() => [...this.accepted().values()].every((last) => last === count));
    expect(this.accepted().size).toBe(items);
  }
}

/** `count` events of each of `items` new items, interleaved. */
export function eventsOf(items: number, count: number): NewEvent[] {
  const itemIds = Array.from({ length: items }, () => randomUUID());
  return Array.from({ length: items * count }, (_, index) => ({
    itemId: itemIds[index % items] as string,
    sequence: Math.floor(index / items) + 1,
  }));
}
