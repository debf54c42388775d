import {
  deleteOrderOutcomes,
  ensureItems,
  findProcessedMessages,
  insertInboxMessages,
  insertInventoryEvents,
  insertMovements,
  insertOrderOutcomes,
  insertOutboxMessages,
  insertReservations,
  type ItemKey,
  lockItems,
  lockOrders,
  readClockAndRules,
  readOrderOutcomes,
  readReservations,
  updateItems,
  updateReservations,
  writeTogether,
} from '@inventory-events/data-access';
import type { ThresholdPolicy } from '@inventory-events/domain';
import { AppError } from '@inventory-events/errors';
import { setImmediate } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { areLocked, holdersOf } from './batch/batch-holders';
import { distinctItems, missingItems } from './batch/batch-items';
import type { BatchPlan } from './batch/batch-plan';
import { type Batch, type BatchFacts, createBatch } from './batch/create-batch';
import { isOvertaken } from './is-overtaken';
import type { LedgerCommand, LedgerResult } from './ledger-command';
import { toLedgerError } from './to-ledger-error';

export interface StockLedgerDeps {
  /** A pool with `pipeline: true`, so that a batch costs two round trips, or three. */
  pool: Pool;
  defaults: Omit<ThresholdPolicy, 'rule'>;
}

export interface StockLedger {
  /**
   * Executes the commands in one transaction: lock the items, decide in array order, write stock,
   * holds, movements, audit log and outbox. One result per command, in order. Throws when nothing
   * was written or when that is unknown (a connection lost in COMMIT): executing the same commands
   * again is safe, those that had their effect are `duplicate` then.
   */
  executeBatch(commands: readonly LedgerCommand[]): Promise<readonly LedgerResult[]>;
}

/**
 * `missing` items are to be made first; `overtaken`: another session took a message of the batch,
 * or moved a hold to an item that was not locked, which the next attempt will see.
 */
type Obstacle = { missing: ItemKey[] } | 'overtaken';
type Attempt = { results: LedgerResult[] } | Obstacle;
type Facts = Omit<BatchFacts, 'defaults'>;

const MAX_ATTEMPTS = 5;
/** Enough to be worth a statement of each kind. */
const COMMANDS_PER_STEP = 64;
/**
 * Every statement looks rows up by their keys. A plan that was made while the tables were small
 * is kept for the session's life, and must not read them through when they have grown.
 */
const BEGIN = 'BEGIN; SET LOCAL enable_seqscan = off';

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
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const read = await lockAndRead(client, commands);
    if ('obstacle' in read) {
      await client.query('ROLLBACK');
      return read.obstacle;
    }
    const batch = createBatch({ ...read.facts, defaults });
    const results = await decideAndWrite(client, batch, commands);
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

/**
 * Statements are sent together; each sees what was committed before it began. So what is read
 * behind the lock is asked for with it.
 */
async function lockAndRead(
  client: PoolClient,
  commands: readonly LedgerCommand[],
): Promise<{ facts: Facts } | { obstacle: Obstacle }> {
  const keys = distinctItems(commands);
  const holders = holdersOf(commands);
  const messageIds = commands.map((command) => command.messageId);
  const productIds = new Set(keys.map((key) => key.productId));
  const eventOrderIds = holders?.eventOrderIds ?? [];
  const hasOrderEvents = eventOrderIds.length > 0;
  writeTogether(client);
  const [, , items, processed, reservations, orderOutcomes, clockAndRules] = await settled([
    client.query(BEGIN),
    hasOrderEvents ? lockOrders(client, eventOrderIds) : undefined,
    lockItems(client, keys, holders),
    findProcessedMessages(client, messageIds),
    holders === undefined
      ? []
      : readReservations(client, { ...holders, items: holders.reservesStock ? keys : [] }),
    hasOrderEvents ? readOrderOutcomes(client, eventOrderIds) : [],
    readClockAndRules(client, [...productIds]),
  ] as const);
  const missing = missingItems(commands, items);
  if (missing.length > 0) return { obstacle: { missing } };
  if (!areLocked(reservations, items)) return { obstacle: 'overtaken' };
  const facts = { items, processed, reservations, orderOutcomes, clockAndRules };
  const ofAll = items.map((item) => item.productId);
  // Only the lock tells which items are concerned that the commands don't name.
  if (ofAll.every((productId) => productIds.has(productId))) return { facts };
  return { facts: { ...facts, clockAndRules: await readClockAndRules(client, ofAll) } };
}

/** In steps: while the database writes what was decided, the next commands are. */
async function decideAndWrite(
  client: PoolClient,
  batch: Batch,
  commands: readonly LedgerCommand[],
): Promise<LedgerResult[]> {
  const { plan } = batch;
  const results: LedgerResult[] = [];
  const statements: Promise<unknown>[] = [];
  for (let start = 0; start < commands.length; start += COMMANDS_PER_STEP) {
    if (start > 0) await setImmediate(); // what was sent before leaves the process
    writeTogether(client);
    results.push(...batch.decide(commands.slice(start, start + COMMANDS_PER_STEP)));
    statements.push(...writeRows(client, plan));
  }
  statements.push(...writeState(client, plan));
  // A COMMIT behind a failed statement rolls back, and the failure is what this throws.
  statements.push(client.query('COMMIT'));
  await settled(statements);
  return results;
}

function writeRows(client: PoolClient, plan: BatchPlan): Promise<unknown>[] {
  const { nowMs } = plan;
  const { movements, inbox, events, outbox } = plan.takeRows();
  const statements: Promise<unknown>[] = [];
  if (movements.length > 0) statements.push(insertMovements(client, movements, nowMs));
  if (inbox.length > 0) statements.push(insertInboxMessages(client, inbox, nowMs));
  if (events.length > 0) statements.push(insertInventoryEvents(client, events, nowMs));
  if (outbox.length > 0) statements.push(insertOutboxMessages(client, outbox, nowMs));
  return statements.map(expected);
}

function writeState(client: PoolClient, plan: BatchPlan): Promise<unknown>[] {
  const { nowMs, items } = plan;
  const created = [...plan.createdReservations.values()];
  const updated = [...plan.updatedReservations.values()];
  const [remembered, forgotten] = [plan.orders.added(), plan.orders.forgotten()];
  const statements: Promise<unknown>[] = [];
  if (items.size > 0) statements.push(updateItems(client, [...items.values()], nowMs));
  if (created.length > 0) statements.push(insertReservations(client, created, nowMs));
  if (updated.length > 0) statements.push(updateReservations(client, updated, nowMs));
  if (forgotten.length > 0) statements.push(deleteOrderOutcomes(client, forgotten));
  if (remembered.length > 0) statements.push(insertOrderOutcomes(client, remembered, nowMs));
  return statements;
}

/** Its failure is looked at when all are sent, not before. */
function expected(statement: Promise<unknown>): Promise<unknown> {
  statement.catch(() => undefined);
  return statement;
}

/**
 * All answers, or the first failure: in a pipeline the statements behind it fail too, as a
 * consequence only. Waits for every answer, so that none is left without a listener.
 */
async function settled<T extends readonly unknown[]>(statements: {
  [Index in keyof T]: Promise<T[Index]> | T[Index];
}): Promise<T> {
  const answers = await Promise.allSettled(statements);
  const failure = answers.find((answer) => answer.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return answers.map((answer) => (answer as PromiseFulfilledResult<unknown>).value) as never;
}
