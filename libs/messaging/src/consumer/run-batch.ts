import { AppError, coerceError } from '@inventory-events/errors';
import { failureAction, isOutage } from '../failure-action';

/** Per message: nothing, or the reason why it belongs into the dead-letter queue. */
export type BatchVerdicts = readonly (AppError | undefined)[];

export interface RunBatchOptions<T> {
  /** One verdict per message, in order. Throws when it could not decide, with no effect left. */
  handle(batch: readonly T[]): Promise<BatchVerdicts>;
  readonly maxAttempts: number;
  /** Waits before the next attempt. Its rejection ends the run: the consumer is stopping. */
  pause(error: Error, attempt: number): Promise<void>;
}

/**
 * Runs a batch until every message has a verdict. Outages are waited out. When the batch as a whole
 * fails for a reason that lies in a message, it is halved until the culprit stands alone, so that
 * its neighbours go through.
 */
export async function runBatch<T>(
  batch: readonly T[],
  options: RunBatchOptions<T>,
): Promise<BatchVerdicts> {
  let outages = 0;
  let attempt = 0;
  for (;;) {
    try {
      return complete(batch, await options.handle(batch));
    } catch (thrown) {
      const error = coerceError(thrown);
      if (isOutage(error)) {
        outages += 1;
        await options.pause(error, outages);
        continue;
      }
      attempt += 1;
      // A batch is not retried whole: halving tries every message again, in better company.
      const maxAttempts = batch.length === 1 ? options.maxAttempts : 1;
      if (failureAction(error, { attempt, maxAttempts }) === 'retry') {
        await options.pause(error, attempt);
        continue;
      }
      if (batch.length === 1) return [toVerdict(error, attempt)];
      return runHalves(batch, options);
    }
  }
}

/** A missing verdict must not pass for an ack. */
function complete<T>(batch: readonly T[], verdicts: BatchVerdicts): BatchVerdicts {
  if (verdicts.length === batch.length) return verdicts;
  throw new AppError('INTERNAL', `${verdicts.length} verdicts for ${batch.length} messages`);
}

async function runHalves<T>(
  batch: readonly T[],
  options: RunBatchOptions<T>,
): Promise<BatchVerdicts> {
  const middle = Math.ceil(batch.length / 2);
  const first = await runBatch(batch.slice(0, middle), options);
  const second = await runBatch(batch.slice(middle), options);
  return [...first, ...second];
}

function toVerdict(error: Error, attempts: number): AppError {
  if (error instanceof AppError && error.code !== 'INTERNAL') return error;
  if (failureAction(error, { attempt: 0, maxAttempts: 1 }) === 'dead-letter') {
    return new AppError('INVALID_MESSAGE', `the database refuses it: ${error.message}`, {
      cause: error,
    });
  }
  return new AppError('ATTEMPTS_EXHAUSTED', `failed ${attempts} times: ${error.message}`, {
    cause: error,
    details: { attempts },
  });
}
