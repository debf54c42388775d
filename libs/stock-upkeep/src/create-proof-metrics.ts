import { coerceError } from '@inventory-events/errors';
import type { Logger } from '@inventory-events/service-runtime';
import type { LatestProof, ProofResult } from '@inventory-events/stock-ledger';
import { Counter, Gauge, type Registry } from 'prom-client';

export interface ProofMetrics {
  /** Runs a proof and counts what comes of it; undefined: another replica was at it. */
  observe(run: () => Promise<ProofResult | undefined>): Promise<ProofResult | undefined>;
}

export interface ProofMetricsOptions {
  readonly registry: Registry;
  /** Asked at every scrape, so that every replica tells the same, whoever proves. */
  readonly latest: () => Promise<LatestProof | undefined>;
  readonly logger: Logger;
}

export function createProofMetrics(options: ProofMetricsOptions): ProofMetrics {
  const { registry, logger } = options;
  const registers = [registry];
  const runs = new Counter({
    name: 'inventory_proof_runs_total',
    help: 'Runs by schedule by what became of them; `busy`: another replica was at it',
    labelNames: ['outcome'],
    registers,
  });
  const latest = shareReads(options.latest);

  /** A read that fails leaves the figure of before: the others are wanted while nothing answers. */
  function gauge(name: string, help: string, valueOf: (proof: LatestProof | undefined) => number) {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        try {
          this.set(valueOf(await latest()));
        } catch (thrown) {
          logger.debug({ err: coerceError(thrown) }, 'the last proof could not be read');
        }
      },
    });
  }
  gauge(
    'inventory_proof_drift_items',
    'Items whose stock does not add up',
    (proof) => proof?.driftedItems ?? 0,
  );
  gauge(
    'inventory_proof_checked_items',
    'Items that the last run of any replica checked',
    (proof) => proof?.checkedItems ?? 0,
  );
  gauge(
    'inventory_proof_last_success_age_seconds',
    'Since the last run of any replica ended; before the first, since this process began',
    (proof) => (proof === undefined ? process.uptime() : proof.ageMs / 1_000),
  );

  return {
    async observe(run) {
      try {
        const result = await run();
        runs.inc({ outcome: result === undefined ? 'busy' : 'done' });
        return result;
      } catch (error) {
        runs.inc({ outcome: 'failed' });
        throw error;
      }
    },
  };
}

/** One read for all that is asked at the same time, as by a scrape. */
function shareReads<T>(read: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  return () => {
    current ??= read().finally(() => {
      current = undefined;
    });
    return current;
  };
}
