import { once } from 'node:events';
import {
  readCurrentSnapshot,
  readEventDelta,
  readMissedEvents,
  uuidV7Floor,
  type AuditEvent,
  type Snapshot,
} from '@inventory-events/data-access';
import type { Response } from 'express';
import { xminOf, type EventTail, type TailBatch } from './create-event-tail';
import { eventTimeMs, formatStreamPosition, type StreamPosition } from './stream-position';

export interface StreamClientOptions {
  readonly tail: EventTail;
  readonly response: Response;
  /** Where the client stood when it was last connected; absent for one that begins now. */
  readonly position: StreamPosition | undefined;
  readonly accepts: (event: AuditEvent) => boolean;
  readonly heartbeatIntervalMs: number;
  /** The stream ends when the token does. */
  readonly expiresAtMs: number;
  readonly onSent: (events: number) => void;
  readonly onTooSlow: () => void;
}

export interface StreamClient {
  run(): Promise<void>;
  end(): void;
}

const PAGE_SIZE = 1_000;
/** What may wait in memory for one client, in bytes while live and in events while catching up. */
const MAX_UNSENT_BYTES = 1_024 * 1_024;
const MAX_WAITING_EVENTS = 10_000;
/**
 * A client that names an event's id alone gets what was made from this long before that event on:
 * the longest time for which a late commit is looked for. With a full position there is no bound.
 */
const LATE_COMMIT_MS = 5 * 60_000;
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * One client: first what it missed, read at its own pace, then the live events. Nothing is lost at
 * the seam: it joins the tail before the last read, which ends where the tail begins.
 */
export function createStreamClient(options: StreamClientOptions): StreamClient {
  const { tail, response, position, accepts, onSent } = options;
  const gone = new AbortController();
  let waiting: TailBatch[] | undefined = [];
  let waitingEvents = 0;

  const end = (): void => {
    gone.abort();
    response.end();
  };
  const drop = (): void => {
    if (gone.signal.aborted) return;
    options.onTooSlow();
    gone.abort();
    response.destroy();
  };
  const write = ({
    events,
    fromXid,
  }: {
    events: readonly AuditEvent[];
    fromXid?: string;
  }): void => {
    const accepted = events.filter(accepts);
    if (accepted.length === 0 || gone.signal.aborted) return;
    response.write(accepted.map((event) => toServerSentEvent(event, fromXid)).join(''));
    onSent(accepted.length);
  };
  const deliver = (batch: TailBatch): void => {
    if (waiting === undefined) {
      write(batch);
      if (response.writableLength > MAX_UNSENT_BYTES) drop();
      return;
    }
    waiting.push(batch);
    waitingEvents += batch.events.length;
    if (waitingEvents > MAX_WAITING_EVENTS) drop();
  };
  /** Waits until the client has taken what was written. */
  const drained = async (): Promise<void> => {
    if (!response.writableNeedDrain || gone.signal.aborted) return;
    await once(response, 'drain', { signal: gone.signal }).catch(ignoreAbort);
  };

  /** What became visible between the position and now. */
  async function sendMissed(from: StreamPosition): Promise<Snapshot> {
    const snapshot = await readCurrentSnapshot(tail.pool);
    let afterId: string | undefined = uuidV7Floor(eventTimeMs(from) - LATE_COMMIT_MS);
    if (from.fromXid !== undefined) {
      const previous = { text: '', xmax: from.fromXid, running: [] };
      afterId = await sendDeltaPage(previous, snapshot, from.fromXid);
    }
    while (afterId !== undefined && !gone.signal.aborted) {
      const events: readonly AuditEvent[] = await readMissedEvents(tail.pool, {
        afterId,
        fromXid: from.fromXid ?? '0',
        snapshot,
        limit: PAGE_SIZE,
      });
      write({ events, ...(from.fromXid === undefined ? {} : { fromXid: from.fromXid }) });
      await drained();
      afterId = events.length < PAGE_SIZE ? undefined : events.at(-1)?.id;
    }
    return snapshot;
  }
  /** The first page by transaction; the id behind which to go on, when there is more. */
  async function sendDeltaPage(
    previous: Snapshot,
    until: Snapshot,
    fromXid: string,
  ): Promise<string | undefined> {
    const page = await readEventDelta(tail.pool, { previous, until, limit: PAGE_SIZE });
    write({ events: page.events, fromXid });
    await drained();
    return page.isLast ? undefined : page.events.at(-1)?.id;
  }
  async function sendDelta(previous: Snapshot, until: Snapshot): Promise<void> {
    const fromXid = xminOf(previous);
    let afterId: string | undefined;
    do {
      const page = await readEventDelta(tail.pool, { previous, until, afterId, limit: PAGE_SIZE });
      write({ events: page.events, fromXid });
      await drained();
      afterId = page.isLast ? undefined : page.events.at(-1)?.id;
    } while (afterId !== undefined && !gone.signal.aborted);
  }
  async function catchUp(): Promise<void> {
    const caughtUp = position === undefined ? undefined : await sendMissed(position);
    const joined = await tail.join(deliver);
    if (caughtUp !== undefined) await sendDelta(caughtUp, joined);
    const batches = waiting ?? [];
    waiting = undefined;
    for (const batch of batches) write(batch);
  }

  return {
    end,
    async run() {
      response.once('close', () => gone.abort());
      gone.signal.addEventListener('abort', () => tail.leave(deliver), { once: true });
      const timers = startTimers(options, end);
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      response.write('retry: 1000\n\n');
      try {
        await catchUp();
        if (!gone.signal.aborted) await once(gone.signal, 'abort');
      } catch (error) {
        // Reads that fail because the client left are nobody's business.
        if (!gone.signal.aborted) throw error;
      } finally {
        tail.leave(deliver);
        timers.stop();
        // Whatever ended it: the client comes back with the id of the last event it got.
        response.end();
      }
    },
  };
}

function startTimers(
  { response, heartbeatIntervalMs, expiresAtMs }: StreamClientOptions,
  end: () => void,
): { stop(): void } {
  const heartbeat = setInterval(() => {
    // A client that doesn't read needs no more of them.
    if (!response.writableNeedDrain) response.write(': heartbeat\n\n');
  }, heartbeatIntervalMs);
  const expiry = setTimeout(end, Math.min(expiresAtMs - Date.now(), LONGEST_TIMER_MS));
  return {
    stop() {
      clearInterval(heartbeat);
      clearTimeout(expiry);
    },
  };
}

function toServerSentEvent(event: AuditEvent, fromXid: string | undefined): string {
  const id = formatStreamPosition({ eventId: event.id, fromXid });
  return `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
}

function ignoreAbort(error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  throw error;
}
