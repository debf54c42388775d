import { AppError, coerceError, isRetryable } from '@inventory-events/errors';
import { setTimeout as delay } from 'node:timers/promises';
import type { StockLedger } from './create-stock-ledger';
import type { LedgerCommand, LedgerResult } from './ledger-command';

export interface CommandQueueOptions {
  readonly ledger: StockLedger;
  /** Commands in one transaction at most. */
  readonly batchSize: number;
  /** Commands that may wait; one more is refused with OVERLOADED. */
  readonly maxWaiting: number;
  /** Batches under way at once, each on a session of its own. */
  readonly sessions: number;
  /** Attempts at a batch that fails for a reason that passes. */
  readonly maxAttempts?: number;
  readonly observer?: CommandQueueObserver;
}

export interface CommandQueueObserver {
  batchExecuted?(batch: { size: number; durationMs: number }): void;
}

/** Looked at once, when the command's turn has come: an AbortSignal is one. */
export interface CommandSignal {
  readonly aborted: boolean;
}

export interface CommandQueue {
  /**
   * The command's result, once the transaction that holds its effect has committed. Rejects with
   * OVERLOADED when too many wait, with TIMEOUT when the signal aborts before its batch began: it
   * has no effect then. After its batch began a signal changes nothing. Rejects with the ledger's
   * error when that is not known to pass, or did not in time; asking again with the same messageId
   * is safe and tells what became of it.
   */
  execute(command: LedgerCommand, signal?: CommandSignal): Promise<LedgerResult>;
  waiting(): number;
  /** Resolves when all that was taken has been answered; takes no more. */
  drain(): Promise<void>;
}

interface Entry {
  readonly command: LedgerCommand;
  readonly signal: CommandSignal | undefined;
  readonly resolve: (result: LedgerResult) => void;
  readonly reject: (error: Error) => void;
}

const FIRST_RETRY_DELAY_MS = 20;
/** A turn is a millisecond or so under load. */
const MAX_TURNS = 4;

/**
 * Natural batching: a command is executed at once when nothing else is, and together with all that
 * arrived meanwhile otherwise. So a lone caller waits for nobody, and the cost of a transaction is
 * shared by as many as there are.
 */
export function createCommandQueue(options: CommandQueueOptions): CommandQueue {
  const { ledger, batchSize, maxWaiting, sessions, maxAttempts = 4, observer } = options;
  const running = new Set<Promise<void>>();
  let waiting: Entry[] = [];
  let isDraining = false;
  let isScheduled = false;
  let lastSize = 0;

  /**
   * Behind what arrives in the same turn of the event loop, and as long as every turn brings more:
   * that comes along. A process that is busy with requests would take them one by one otherwise.
   */
  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    awaitTurn(MAX_TURNS, waiting.length);
  }

  function awaitTurn(turns: number, before: number): void {
    setImmediate(() => {
      const isGrowing = waiting.length > before && waiting.length < batchSize;
      if (isGrowing && turns > 1) awaitTurn(turns - 1, waiting.length);
      else begin();
    });
  }

  /** Beside a batch a further one begins that is as large: small ones would cost more than a wait. */
  function isWorthwhile(): boolean {
    if (running.size === 0) return waiting.length > 0;
    return running.size < sessions && waiting.length >= lastSize;
  }

  function begin(): void {
    isScheduled = false;
    while (isWorthwhile()) {
      const batch = waiting.slice(0, batchSize);
      lastSize = batch.length;
      waiting = waiting.slice(batch.length);
      const run: Promise<void> = runBatch(batch).finally(() => {
        running.delete(run);
        schedule();
      });
      running.add(run);
    }
  }

  async function runBatch(batch: readonly Entry[]): Promise<void> {
    const live = batch.filter((entry) => {
      const isLate = entry.signal?.aborted ?? false;
      if (isLate) entry.reject(new AppError('TIMEOUT', 'The deadline passed before it began.'));
      return !isLate;
    });
    if (live.length > 0) await settle(live);
  }

  /** Answers every entry; one that fails for good is found by halves, and fails alone. */
  async function settle(entries: readonly Entry[]): Promise<void> {
    let error: Error;
    try {
      const results = await executeWithRetries(entries.map((entry) => entry.command));
      entries.forEach((entry, index) => entry.resolve(results[index] as LedgerResult));
      return;
    } catch (thrown) {
      error = coerceError(thrown);
    }
    // What does not pass soon, an outage, is nobody's fault: asking for each half is for naught.
    if (entries.length === 1 || isRetryable(error)) {
      for (const entry of entries) entry.reject(error);
      return;
    }
    const middle = Math.ceil(entries.length / 2);
    await settle(entries.slice(0, middle));
    await settle(entries.slice(middle));
  }

  async function executeWithRetries(commands: LedgerCommand[]): Promise<readonly LedgerResult[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const startedAt = performance.now();
        const results = await ledger.executeBatch(commands);
        const durationMs = performance.now() - startedAt;
        observer?.batchExecuted?.({ size: commands.length, durationMs });
        return results;
      } catch (error) {
        if (attempt >= maxAttempts || !isRetryable(error)) throw error;
        await delay(FIRST_RETRY_DELAY_MS * 4 ** (attempt - 1) * (1 + Math.random()));
      }
    }
  }

  return {
    execute(command, signal) {
      if (isDraining) return Promise.reject(new AppError('SHUTTING_DOWN', 'Going out of service.'));
      if (waiting.length >= maxWaiting) {
        return Promise.reject(new AppError('OVERLOADED', 'Too many requests are waiting.'));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ command, signal, resolve, reject });
        if (isWorthwhile()) schedule();
      });
    },
    waiting: () => waiting.length,
    async drain() {
      isDraining = true;
      while (running.size + waiting.length > 0) {
        await Promise.all(running);
        begin();
      }
    },
  };
}
