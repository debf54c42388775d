import { createPool, outboxPartitionOf } from '@inventory-events/data-access';
import { createLogger, type Service } from '@inventory-events/service-runtime';
import {
  createEventObserver,
  createTestDatabase,
  createTestVhost,
  waitUntil,
  type EventObserver,
  type TestDatabase,
  type TestVhost,
} from '@inventory-events/testing';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { Registry } from 'prom-client';
import { createRelayApp } from '../app';
import { loadConfig } from '../config';

export interface RunningRelay {
  readonly service: Service;
  readonly registry: Registry;
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
}

export interface NewEvent {
  readonly itemId: string;
  readonly sequence: number;
  readonly routingKey?: string;
  readonly payload?: string;
}

/** A database, a virtual host and any number of relays in this process. */
export class RelayFixture {
  readonly #relays: RunningRelay[] = [];
  readonly #observers: EventObserver[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly vhost: TestVhost,
    readonly pool: Pool,
    readonly broker: ChannelModel,
    readonly channel: Channel,
  ) {}

  static async create(): Promise<RelayFixture> {
    const [database, vhost] = await Promise.all([createTestDatabase(), createTestVhost()]);
    const pool = createPool({ connectionString: database.url, applicationName: 'test', max: 10 });
    const broker = await connect(vhost.url);
    broker.on('error', () => undefined); // tests cut it
    return new RelayFixture(database, vhost, pool, broker, await broker.createChannel());
  }

  async close(): Promise<void> {
    await this.reset();
    await this.broker.close().catch(() => undefined);
    await this.pool.end();
    await Promise.all([this.database.drop(), this.vhost.remove()]);
  }

  /** Between tests: no relay, no observer, no row. */
  async reset(): Promise<void> {
    await Promise.all(this.#relays.splice(0).map((relay) => relay.stop()));
    await Promise.all(this.#observers.splice(0).map((observer) => observer.close()));
    await this.pool.query('TRUNCATE outbox_messages, outbox_parked');
  }

  async startRelay(env: Record<string, string> = {}): Promise<RunningRelay> {
    const config = loadConfig({
      DATABASE_URL: this.database.url,
      AMQP_URL: this.vhost.url,
      RELAY_RETRY_INITIAL_MS: '20',
      RELAY_RETRY_MAX_MS: '50',
      RELAY_MAX_ATTEMPTS: '3',
      ...env,
    });
    const registry = new Registry();
    const logger = createLogger({ name: 'test', level: process.env['LOG_LEVEL'] ?? 'silent' });
    const service = createRelayApp({ config, logger, registry });
    const relay: RunningRelay = {
      service,
      registry,
      async metric(name) {
        const metric = await registry.getSingleMetric(name)?.get();
        return (metric?.values ?? []).reduce((sum, { value }) => sum + value, 0);
      },
      async stop() {
        await service.stopIntake?.();
        await service.drain?.(new AbortController().signal);
        await service.close?.();
      },
    };
    this.#relays.push(relay);
    await service.start();
    await waitUntil(async () => (await service.isReady?.()) === true);
    return relay;
  }

  async observe(): Promise<EventObserver> {
    const observer = await createEventObserver({
      amqpUrl: this.vhost.url,
      exchange: 'inventory.events',
    });
    this.#observers.push(observer);
    return observer;
  }

  /** As the ledger does: rows and one notification, in the caller's transaction if it has one. */
  async insert(events: readonly NewEvent[], db: Pool | ClientBase = this.pool): Promise<void> {
    const column = <T>(read: (event: NewEvent) => T): T[] => events.map(read);
    await db.query(
      `WITH inserted AS (
         INSERT INTO outbox_messages (partition, item_id, event_id, event_type, sequence,
           routing_key, correlation_id, payload)
         SELECT * FROM (
           SELECT partition, item_id, event_id, 'StockLevelChangedEvent', sequence, key, 'c', payload
           FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[])
             WITH ORDINALITY AS e (partition, item_id, event_id, sequence, key, payload, nth)
           ORDER BY nth) AS ordered)
       SELECT pg_notify('outbox', '')`,
      [
        column(({ itemId }) => outboxPartitionOf(itemId)),
        column(({ itemId }) => itemId),
        column(() => randomUUID()),
        column(({ sequence }) => sequence),
        column(({ routingKey }) => routingKey ?? 'inventory.stock.changed'),
        column(({ payload, itemId, sequence }) => payload ?? JSON.stringify({ itemId, sequence })),
      ],
    );
  }

  async pending(): Promise<number> {
    const { rows } = await this.pool.query('SELECT count(*)::int AS count FROM outbox_messages');
    return rows[0].count;
  }

  waitUntilEmpty(timeoutMs = 20_000): Promise<unknown> {
    return waitUntil(async () => (await this.pending()) === 0, {
      timeoutMs,
      message: 'the outbox to be empty',
    });
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

/** What a consumer keeps that drops `sequence <= last seen`; throws when that leaves a gap. */
export function acceptedSequences(observer: EventObserver): Map<string, number> {
  const last = new Map<string, number>();
  for (const { headers } of observer.messages) {
    const itemId = String(headers['x-item-id']);
    const sequence = Number(headers['x-sequence']);
    const seen = last.get(itemId) ?? 0;
    if (sequence <= seen) continue;
    if (sequence !== seen + 1) throw new Error(`${itemId}: ${sequence} came after ${seen}`);
    last.set(itemId, sequence);
  }
  return last;
}
