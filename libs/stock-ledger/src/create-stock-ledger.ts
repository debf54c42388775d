import {
  ensureItems,
  findProcessedMessages,
  insertInboxMessages,
  insertInventoryEvents,
  insertMovements,
  insertOutboxMessages,
  type ItemKey,
  itemKeyText,
  type LockedItem,
  lockItems,
  readClockAndRules,
  updateItems,
} from '@inventory-events/data-access';
import type { ThresholdPolicy } from '@inventory-events/domain';
import { AppError } from '@inventory-events/errors';
import type { Pool, PoolClient } from 'pg';
import type { BatchPlan } from './batch-plan';
import type { LedgerCommand, LedgerResult } from './ledger-command';
import { planBatch } from './plan-batch';
import { isOvertaken } from './is-overtaken';
import { toLedgerError } from './to-ledger-error';

export interface StockLedgerDeps {
  /** A pool with `pipeline: true`, so that a batch costs two round trips. */
  pool: Pool;
  defaults: Omit<ThresholdPolicy, 'rule'>;
}

export interface StockLedger {
  /**
   * Executes the commands in one transaction: lock the items, decide in array order, write stock,
   * movements, audit log and outbox. One result per command, in order. Throws when nothing was
   * written or when that is unknown (a connection lost in COMMIT): executing the same commands
   * again is safe, those that had their effect are `duplicate` then.
   */
  executeBatch(commands: readonly LedgerCommand[]): Promise<readonly LedgerResult[]>;
}

/**
 * `missing` items are to be made first; `overtaken`: another session took a message of the batch
 * while this one decided, which the next attempt will see.
 */
type Attempt = { results: LedgerResult[] } | { missing: ItemKey[] } | 'overtaken';

const MAX_ATTEMPTS = 5;

export function createStockLedger({ pool, defaults }: StockLedgerDeps): StockLedger {
  return {
    async executeBatch(commands) {
      if (commands.length === 0) return [];
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const outcome = await attemptBatch(pool, commands, defaults);
        if (outcome === 'overtaken') continue;
        if ('results' in outcome) return outcome.results;
        await ensureItems(pool, outcome.missing);
      }
      throw new AppError('CONFLICT', 'other sessions keep changing what the batch is about', {
        retryable: true,
      });
    },
  };
}

async function attemptBatch(
  pool: Pool,
  commands: readonly LedgerCommand[],
  defaults: StockLedgerDeps['defaults'],
): Promise<Attempt> {
  const keys = distinctItems(commands);
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // Sent together, answered in order; each statement sees what was committed before it began.
    const [, items, processed, clockAndRules] = await settled([
      client.query('BEGIN'),
      lockItems(client, keys),
      findProcessedMessages(
        client,
        commands.map((command) => command.messageId),
      ),
      readClockAndRules(
        client,
        keys.map((key) => key.productId),
      ),
    ]);
    if (items.length < keys.length) {
      await client.query('ROLLBACK');
      return { missing: missingItems(keys, items) };
    }
    const { plan, results } = planBatch(commands, { items, processed, clockAndRules, defaults });
    await writePlan(client, plan);
    return { results };
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause;
    });
    if (isOvertaken(error)) return 'overtaken';
    throw toLedgerError(error);
  } finally {
    client.release(broken);
  }
}

async function writePlan(client: PoolClient, plan: BatchPlan): Promise<void> {
  const { nowMs, items, movements, inbox, events, outbox } = plan;
  const statements: Promise<unknown>[] = [];
  if (items.size > 0) statements.push(updateItems(client, [...items.values()], nowMs));
  if (movements.length > 0) statements.push(insertMovements(client, movements, nowMs));
  if (inbox.length > 0) statements.push(insertInboxMessages(client, inbox, nowMs));
  if (events.length > 0) statements.push(insertInventoryEvents(client, events, nowMs));
  if (outbox.length > 0) statements.push(insertOutboxMessages(client, outbox, nowMs));
  // A COMMIT behind a failed statement rolls back, and the failure is what this throws.
  statements.push(client.query('COMMIT'));
  await settled(statements);
}

/**
 * All answers, or the first failure: in a pipeline the statements behind it fail too, as a
 * consequence only. Waits for every answer, so that none is left without a listener.
 */
async function settled<T extends readonly unknown[]>(statements: {
  [Index in keyof T]: Promise<T[Index]>;
}): Promise<T> {
  const answers = await Promise.allSettled(statements);
  const failure = answers.find((answer) => answer.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return answers.map((answer) => (answer as PromiseFulfilledResult<unknown>).value) as never;
}

function distinctItems(commands: readonly LedgerCommand[]): ItemKey[] {
  const keys = new Map<string, ItemKey>();
  for (const { item } of commands) keys.set(itemKeyText(item), item);
  return [...keys.values()];
}

function missingItems(keys: readonly ItemKey[], found: readonly LockedItem[]): ItemKey[] {
  const present = new Set(found.map(itemKeyText));
  return keys.filter((key) => !present.has(itemKeyText(key)));
}
