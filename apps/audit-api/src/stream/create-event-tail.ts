import {
  createOutboxListener,
  createPool,
  eventTailConnectionString,
  readCurrentSnapshot,
  readEventDelta,
  type AuditEvent,
  type Snapshot,
} from '@inventory-events/data-access';
import { coerceError } from '@inventory-events/errors';
import { createHeartbeat, type Logger, type Service } from '@inventory-events/service-runtime';
import type { Database } from '../database';

/** What became visible together, in the order of every item's sequence. */
export interface TailBatch {
  readonly events: readonly AuditEvent[];
  /** Of the transactions below it nothing is still to come. */
  readonly fromXid: string;
}

export interface EventTail extends Service {
  /** For reads that go with the tail. */
  readonly pool: Database;
  /**
   * Resolves with a snapshot: everything that is not visible in it will be delivered, in order and
   * at least once. Rejects when the tail stops, or the member leaves, first.
   */
  join(deliver: (batch: TailBatch) => void): Promise<Snapshot>;
  leave(deliver: (batch: TailBatch) => void): void;
}

export interface EventTailOptions {
  readonly connectionString: string;
  readonly pollIntervalMs: number;
  readonly logger: Logger;
}

const PAGE_SIZE = 1_000;
/** Notifications that come faster are answered together. */
const MIN_TURN_INTERVAL_MS = 10;
const MAX_SILENCE_MS = 120_000;

interface Joining {
  readonly deliver: (batch: TailBatch) => void;
  readonly resolve: (snapshot: Snapshot) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One reader of the audit log for all clients of a process. It keeps the snapshot of its last read
 * and takes what became visible since, so it waits for no open transaction and misses none that
 * commits late. It reads only while somebody listens; a notification wakes it, and a slow poll
 * stands by for a notification that was lost.
 */
export function createEventTail(options: EventTailOptions): EventTail {
  const logger = options.logger.child({ component: 'event-tail' });
  const pool = createPool({
    connectionString: eventTailConnectionString(options.connectionString),
    applicationName: 'audit-api stream',
    max: 2,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle connection broke'),
  });
  const listener = createOutboxListener({
    connectionString: options.connectionString,
    applicationName: 'audit-api listen',
    onWake: () => wake(),
    logger,
  });
  const heartbeat = createHeartbeat({ maxSilenceMs: MAX_SILENCE_MS });
  const members = new Set<(batch: TailBatch) => void>();
  let joining: Joining[] = [];
  let previous: Snapshot | undefined;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> | undefined;
  let isWoken = false;
  let isStopped = false;

  /** Told again before the turn, it must not put the turn off: it could be put off for ever. */
  function wake(): void {
    if (isWoken) return;
    isWoken = true;
    schedule(MIN_TURN_INTERVAL_MS);
  }
  function schedule(delayMs: number): void {
    if (isStopped || turn !== undefined || members.size + joining.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isWoken = false;
      turn = runTurn().finally(() => {
        turn = undefined;
        schedule(isWoken ? MIN_TURN_INTERVAL_MS : options.pollIntervalMs);
      });
    }, delayMs);
  }
  async function runTurn(): Promise<void> {
    heartbeat.beat();
    try {
      // Nobody listened for a while: what happened meanwhile is for nobody.
      if (members.size === 0) previous = undefined;
      previous ??= await readCurrentSnapshot(pool);
      admit(previous);
      previous = await deliverDelta(previous);
    } catch (error) {
      // The snapshot stays: the next turn delivers from it again.
      logger.warn({ err: coerceError(error) }, 'the stream could not be read, will try again');
    }
  }
  /** Between two deltas only, so that a member misses no page of the one under way. */
  function admit(snapshot: Snapshot): void {
    for (const { deliver, resolve } of joining) {
      members.add(deliver);
      resolve(snapshot);
    }
    joining = [];
  }
  async function deliverDelta(from: Snapshot): Promise<Snapshot> {
    const fromXid = xminOf(from);
    let page = await readEventDelta(pool, { previous: from, limit: PAGE_SIZE });
    for (;;) {
      heartbeat.beat();
      const { events, snapshot } = page;
      if (events.length > 0) for (const deliver of members) deliver({ events, fromXid });
      if (page.isLast || isStopped) return snapshot;
      const afterId = events.at(-1)?.id;
      page = await readEventDelta(pool, {
        previous: from,
        until: snapshot,
        afterId,
        limit: PAGE_SIZE,
      });
    }
  }

  return {
    name: 'event-tail',
    pool,
    start: () => Promise.resolve(listener.start()),
    isAlive: () => turn === undefined || heartbeat.isAlive(),
    join: (deliver) =>
      new Promise((resolve, reject) => {
        if (isStopped) return reject(new Error('the event tail has stopped'));
        joining.push({ deliver, resolve, reject });
        schedule(MIN_TURN_INTERVAL_MS);
      }),
    leave(deliver) {
      members.delete(deliver);
      const [left, staying] = partition(joining, (entry) => entry.deliver === deliver);
      joining = staying;
      for (const { reject } of left) reject(new Error('left before it had joined'));
    },
    async stopIntake() {
      isStopped = true;
      clearTimeout(timer);
      for (const { reject } of joining) reject(new Error('the event tail has stopped'));
      joining = [];
      await listener.stop();
    },
    async close() {
      if (!isStopped) await this.stopIntake?.();
      await turn;
      if (!pool.ending) await pool.end();
    },
  };
}

/** `xmin:xmax:running`: every transaction below xmin had ended. */
export function xminOf({ text }: Snapshot): string {
  return text.slice(0, text.indexOf(':'));
}

function partition<Entry>(
  entries: readonly Entry[],
  isFirst: (entry: Entry) => boolean,
): [Entry[], Entry[]] {
  return [entries.filter(isFirst), entries.filter((entry) => !isFirst(entry))];
}
