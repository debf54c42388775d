import { type CachedValueTerms, toOffer } from './cached-value';
import { createKeyedBatcher } from './create-keyed-batcher';
import type { VersionedStore } from './create-versioned-store';

export interface Publisher<Value> {
  /** Resolves when the store serves nothing older. */
  publish(key: string, value: Value): Promise<void>;
}

/** Tells the store what changes have made of the keys; of many changes of a key, the last. */
export function createPublisher<Value>(
  store: VersionedStore,
  terms: CachedValueTerms<Value>,
): Publisher<Value> {
  const { versionOf } = terms;
  const batcher = createKeyedBatcher<Value, true>({
    async run(batch) {
      await store.offer([...batch].map(([key, value]) => toOffer(key, value, terms, 'replace')));
      return new Map();
    },
    merge: (earlier, later) => (versionOf(later) < versionOf(earlier) ? earlier : later),
    batchSize: 500,
    sessions: 1,
  });
  return {
    async publish(key, value) {
      await batcher.submit(key, value);
    },
  };
}
