import type { Logger } from 'pino';
import type { SourceReader } from './create-source-reader';
import type { VersionedStore } from './create-versioned-store';

export interface RefresherOptions {
  readonly store: VersionedStore;
  readonly source: SourceReader<unknown>;
  readonly logger: Logger;
  /** For so long nobody else refreshes the key. */
  readonly claimMs: number;
}

/** Reads a key again in the background, in one of all processes. */
export function createRefresher({ store, source, logger, claimMs }: RefresherOptions) {
  const refreshing = new Set<string>();
  return async function refresh(key: string): Promise<void> {
    if (refreshing.has(key)) return;
    refreshing.add(key);
    try {
      if (await store.claimRefresh(key, claimMs)) await source.read(key);
    } catch (error) {
      // The present value is served until its end; who asks then is told.
      logger.debug({ err: error }, 'a cached value could not be refreshed');
    } finally {
      refreshing.delete(key);
    }
  };
}
