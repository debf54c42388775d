import { createScheduledJob, type ScheduledJob } from '@inventory-events/jobs';
import type { Logger } from '@inventory-events/service-runtime';
import { createProof, type Proof, type ProofResult } from '@inventory-events/stock-ledger';
import { createProofMetrics } from './create-proof-metrics';
import type { UpkeepDeps } from './upkeep-deps';

export interface ProofJobDeps extends UpkeepDeps {
  /** How often a run checks every item; 0: only when somebody asks for it. */
  readonly fullIntervalMs: number;
}

export interface ProofUpkeep {
  /** Runs every `intervalMs`, by one replica at a time. */
  readonly job: ScheduledJob;
  /** The last answer, and runs on demand. */
  readonly proof: Proof;
}

export function createProofUpkeep(deps: ProofJobDeps): ProofUpkeep {
  const { pool, ledger, redis, intervalMs, fullIntervalMs, logger, registry } = deps;
  const proof = createProof({ pool, ledger, fullEveryMs: fullIntervalMs });
  const metrics = createProofMetrics({ registry, latest: () => proof.latest(), logger });
  const job = createScheduledJob({
    name: 'stock-proof',
    everyMs: intervalMs,
    redisUrl: redis.url,
    keyPrefix: redis.keyPrefix,
    logger,
    async run(signal) {
      const result = await metrics.observe(() => proof.runUnlessRunning(signal));
      if (result !== undefined) log(logger, result);
    },
  });
  return { job, proof };
}

function log(logger: Logger, { isFull, checkedItems, driftedItems, drifted }: ProofResult): void {
  if (driftedItems === 0) {
    logger.debug({ isFull, checkedItems }, 'the stock adds up');
    return;
  }
  const [first] = drifted;
  logger.error({ isFull, checkedItems, driftedItems, first }, 'the stock does not add up');
}
