import { topology } from '@inventory-events/contracts';
import {
  createEventObserver,
  createRedisPrefix,
  createTestDatabase,
  createTestVhost,
  type EventObserver,
  waitUntil,
} from '@inventory-events/testing';
import type { StockChange } from '../shop-day/stock-change';
import { APP_NAMES, type Pipeline, type PipelineServers, startPipeline } from './start-pipeline';
import { storeRules } from './store-rules';
import { waitForUpdateQueues } from './update-feed';

/** A running pipeline with everything around it that a test needs. */
export interface World {
  servers: PipelineServers;
  pipeline: Pipeline;
  observer: EventObserver;
  close(): Promise<void>;
}

interface WorldOptions {
  /** Servers of the test's own; the shared ones, with a database and a vhost each, where absent. */
  own?: Partial<PipelineServers>;
  partitions?: number;
  /** What will be fed: the rules of its items are stored before any app starts. */
  changes: readonly StockChange[];
}

export async function openWorld({
  own = {},
  partitions = 0,
  changes,
}: WorldOptions): Promise<World> {
  const database = own.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const vhost = own.amqpUrl === undefined ? await createTestVhost() : undefined;
  const redis = own.redisUrl === undefined ? createRedisPrefix() : undefined;
  const servers: PipelineServers = {
    databaseUrl: own.databaseUrl ?? database?.url ?? '',
    amqpUrl: own.amqpUrl ?? vhost?.url ?? '',
    redisUrl: own.redisUrl ?? redis?.url ?? '',
    ...(redis && { redisKeyPrefix: redis.prefix }),
  };
  await storeRules(servers.databaseUrl, changes);
  const pipeline = await startPipeline({ servers, partitions });
  const observer = await observeEvents(servers);
  await waitForUpdateQueues(servers.amqpUrl, partitions);
  return {
    servers,
    pipeline,
    observer,
    async close() {
      await observer.close();
      await pipeline.stop();
      await Promise.all([database?.drop(), vhost?.remove(), redis?.removeKeys()]);
    },
  };
}

/** Without a declaration of its own: it waits for the exchange as the relay declares it. */
export function observeEvents({ amqpUrl }: PipelineServers): Promise<EventObserver> {
  return createEventObserver({ amqpUrl, exchange: topology.exchanges.events });
}

/** Ready again without anybody's help: the processes that were started are the ones that run. */
export async function expectAllReady(pipeline: Pipeline): Promise<void> {
  for (const name of APP_NAMES) {
    const app = pipeline.app(name);
    await waitUntil(() => app.isReady(), {
      timeoutMs: 20_000,
      message: () => `${name} to be ready; its log:\n${app.logs().slice(-3_000)}`,
    });
  }
}
