import { type CachedValueTerms, toOffer, toValue } from './cached-value';
import { createKeyedBatcher } from './create-keyed-batcher';
import type { VersionedStore } from './create-versioned-store';
import type { VersionFloors } from './create-version-floors';

export interface SourceReaderOptions<Value> {
  load(keys: readonly string[]): Promise<ReadonlyMap<string, Value>>;
  readonly terms: CachedValueTerms<Value>;
  readonly store: VersionedStore;
  readonly floors: VersionFloors;
  /** What took longer to load is not offered: by then nobody may remember that it is old. */
  readonly maxLoadMs: number;
}

export interface SourceReader<Value> {
  /** As it is in the source, or newer; undefined where it isn't. */
  read(key: string): Promise<Value | undefined>;
}

const BATCH_SIZE = 500;
const SESSIONS = 2;

/**
 * Reads from the source of truth, many keys together, and offers what it read before it answers.
 */
export function createSourceReader<Value>(
  options: SourceReaderOptions<Value>,
): SourceReader<Value> {
  const { load, terms, store, floors, maxLoadMs } = options;
  const batcher = createKeyedBatcher<undefined, Value>({
    run: (batch) => loadAndOffer([...batch.keys()]),
    merge: () => undefined,
    batchSize: BATCH_SIZE,
    sessions: SESSIONS,
  });

  async function loadAndOffer(keys: readonly string[]): Promise<Map<string, Value>> {
    const startedAt = performance.now();
    const values = new Map(await load(keys));
    const isLate = performance.now() - startedAt > maxLoadMs;
    const offers = isLate
      ? []
      : [...values].map(([key, value]) => toOffer(key, value, terms, 'keep'));
    for (const [key, newer] of await store.offer(offers)) values.set(key, toValue(newer));
    for (const [key, value] of values) floors.raise(key, terms.versionOf(value));
    return values;
  }

  return { read: (key) => batcher.submit(key, undefined) };
}
