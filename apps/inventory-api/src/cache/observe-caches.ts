import type { VersionedCacheObserver } from '@inventory-events/jobs/redis';
import { Counter, type Registry } from 'prom-client';

/** `stock_cache_reads_total` by what was read and what became of it. */
export function observeCaches(registry: Registry) {
  const reads = new Counter({
    name: 'stock_cache_reads_total',
    help: 'Reads of stock: from the cache, past it, or from PostgreSQL because Redis is away.',
    labelNames: ['cache', 'outcome'] as const,
    registers: [registry],
  });
  return (cache: string): VersionedCacheObserver => ({
    hit: () => reads.inc({ cache, outcome: 'hit' }),
    missed: () => reads.inc({ cache, outcome: 'miss' }),
    bypassed: () => reads.inc({ cache, outcome: 'bypassed' }),
  });
}
