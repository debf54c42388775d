import type { Logger } from 'pino';
import type { RedisConnection } from '../redis/create-redis';
import { type CachedValueTerms, toValue } from './cached-value';
import { createKeyedBatcher } from './create-keyed-batcher';
import { createPublisher } from './create-publisher';
import { createRedisGate } from '../redis/create-redis-gate';
import { createRefresher } from './create-refresher';
import { createSourceReader } from './create-source-reader';
import { createVersionFloors } from './create-version-floors';
import { createVersionedStore, type StoredEntry } from './create-versioned-store';

export interface VersionedCacheOptions<Value> extends CachedValueTerms<Value> {
  readonly redis: RedisConnection;
  readonly logger: Logger;
  /** Before every key in Redis. */
  readonly prefix: string;
  /** How long a value is served that nobody has published since; 0 serves none. */
  readonly ttlMs: number;
  /** Reads from the source of truth; what it leaves out there is not. */
  load(keys: readonly string[]): Promise<ReadonlyMap<string, Value>>;
  readonly observer?: VersionedCacheObserver;
}

export interface VersionedCacheObserver {
  hit?(): void;
  missed?(): void;
  /** Redis is away, or there is to be no cache: read from the source of truth. */
  bypassed?(): void;
}

export interface VersionedCache<Value> {
  read(keys: readonly string[]): Promise<Map<string, Value>>;
  /** From the source of truth, for all to see. */
  readFresh(keys: readonly string[]): Promise<Map<string, Value>>;
  /** What a change has made of the keys. Resolves when no older value is served any more. */
  publish(values: ReadonlyMap<string, Value>): Promise<void>;
}

const VERSION_TTL_MS = 60_000;
const MAX_REMEMBERED_KEYS = 50_000;
/** The part of its time to live after which a value that is asked for is read again. */
const REFRESH_AFTER = 0.8;

/**
 * A read-through cache in Redis that never goes back: who was served a version of a key is never
 * served an older one.
 *
 * - What is served comes either from Redis, where a version never takes the place of a higher one,
 *   or from a load that began after the question. A version is remembered longer than its value and
 *   longer than a load may take, so a slow load can't bring an old value back.
 * - What is served or published was offered to Redis before, so other replicas don't go back
 *   either. What Redis could not be told, as it was away, is remembered in this process.
 * - A key that everybody asks for is loaded twice at once at most per process (see
 *   `createKeyedBatcher`); shortly before its end a value is read again by one of all processes,
 *   while the others go on being served.
 * - Without Redis everything is loaded; nobody waits for Redis to come back.
 */
export function createVersionedCache<Value>(
  options: VersionedCacheOptions<Value>,
): VersionedCache<Value> {
  const { redis, prefix, ttlMs, load, observer = {} } = options;
  const logger = options.logger.child({ component: 'cache' });
  const versionTtlMs = Math.max(VERSION_TTL_MS, 4 * ttlMs);
  const gate = createRedisGate({ redis, logger });
  const isUsable = () => ttlMs > 0 && gate.isOpen();
  const store = createVersionedStore({ redis, gate, prefix, ttlMs, versionTtlMs });
  const floors = createVersionFloors(MAX_REMEMBERED_KEYS);
  const terms = options;
  const maxLoadMs = ttlMs === 0 ? -1 : versionTtlMs / 2;
  const source = createSourceReader({ load, terms, store, floors, maxLoadMs });
  const publisher = createPublisher(store, terms);
  const claimMs = Math.ceil(ttlMs * (1 - REFRESH_AFTER));
  const refresh = createRefresher({ store, source, logger, claimMs });
  const lookups = createKeyedBatcher<undefined, StoredEntry>({
    run: (batch) => store.get([...batch.keys()]),
    merge: () => undefined,
    batchSize: 1_000,
    sessions: 2,
  });

  async function read(key: string): Promise<Value | undefined> {
    if (!isUsable()) {
      observer.bypassed?.();
      return source.read(key);
    }
    const stored = await lookups.submit(key, undefined);
    if (stored === undefined || stored.version < (floors.of(key) ?? 0)) {
      observer.missed?.();
      return source.read(key);
    }
    observer.hit?.();
    floors.raise(key, stored.version);
    if (Date.now() - stored.storedAtMs > ttlMs * REFRESH_AFTER) void refresh(key);
    return toValue(stored);
  }

  return {
    read: (keys) => gather(keys, read),
    readFresh: (keys) => gather(keys, source.read),
    async publish(values) {
      for (const [key, value] of values) floors.raise(key, terms.versionOf(value));
      if (!isUsable()) return;
      await Promise.all([...values].map(([key, value]) => publisher.publish(key, value)));
    },
  };
}

async function gather<Value>(
  keys: readonly string[],
  read: (key: string) => Promise<Value | undefined>,
): Promise<Map<string, Value>> {
  const distinct = [...new Set(keys)];
  const values = await Promise.all(distinct.map(read));
  const found = new Map<string, Value>();
  distinct.forEach((key, index) => {
    const value = values[index];
    if (value !== undefined) found.set(key, value);
  });
  return found;
}
