import { partitionQueueOf, topology } from '@inventory-events/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { isValid } from '../workload/operation';
import type { World } from './open-world';

export interface RestOptions {
  /**
   * `processed`: what becomes of the events is not waited for; `published`: nor whether every app is
   * ready again.
   */
  readonly until?: 'complete' | 'published' | 'processed';
  /** So long without any progress means that nothing more will happen. */
  readonly stallMs?: number;
  readonly deadlineMs?: number;
}

export interface Rest {
  /** Everything that was sent has had its effect, everything that was told has arrived. */
  readonly isComplete: boolean;
  /** Apps that are not ready, with what they say. */
  readonly notReady: readonly string[];
}

const INTERVAL_MS = 60;
const DEFAULT_STALL_MS = 9_000;
const DEFAULT_DEADLINE_MS = 60_000;

/** Waits until nothing is left to be done, or nothing happens any more. */
export async function waitForRest(world: World, options: RestOptions = {}): Promise<Rest> {
  const { stallMs = DEFAULT_STALL_MS, deadlineMs = DEFAULT_DEADLINE_MS } = options;
  const { until = 'complete' } = options;
  const startedAt = performance.now();
  let changedAt = startedAt;
  let last = '';
  for (;;) {
    const progress = await readProgress(world).catch((error: unknown) => String(error));
    const isDone =
      typeof progress !== 'string' &&
      isProcessed(world, progress) &&
      (until === 'processed' || isPublished(progress));
    const notReady = isDone && until === 'complete' ? await listUnready(world) : [];
    if (isDone && notReady.length === 0) return { isComplete: true, notReady };
    const now = performance.now();
    const text = JSON.stringify([progress, notReady.length]);
    if (text !== last) changedAt = now;
    last = text;
    if (now - changedAt > stallMs || now - startedAt > deadlineMs) {
      return { isComplete: false, notReady: await listUnready(world) };
    }
    await delay(INTERVAL_MS);
  }
}

/** The queues that the workers consume. */
export function inputQueuesOf(world: Pick<World, 'partitions'>): readonly string[] {
  const partitions = Array.from({ length: world.partitions }, (_, at) => partitionQueueOf(at));
  return [topology.queues.updates, ...partitions, topology.queues.orders];
}

export const DEAD_LETTER_QUEUES = [
  topology.queues.updatesDeadLetters,
  topology.queues.ordersDeadLetters,
] as const;

interface Progress {
  readonly processed: number;
  readonly pending: number;
  readonly parked: number;
  readonly told: number;
  readonly arrived: number;
  readonly queued: number;
  readonly deadLettered: number;
}

async function readProgress(world: World): Promise<Progress> {
  const { rows } = await world.pool.query<
    Pick<Progress, 'processed' | 'pending' | 'parked' | 'told'>
  >(
    `SELECT
       (SELECT count(DISTINCT message_id)::int FROM inbox_messages
        WHERE message_id = ANY ($1::uuid[])) AS processed,
       (SELECT count(*)::int FROM outbox_messages) AS pending,
       (SELECT count(*)::int FROM outbox_parked) AS parked,
       (SELECT count(*)::int FROM inventory_events) AS told`,
    [[...expected(world).valid]],
  );
  const [counts] = rows;
  if (counts === undefined) throw new Error('PostgreSQL counted nothing');
  const depths = await world.broker.depths([...inputQueuesOf(world), ...DEAD_LETTER_QUEUES]);
  const sum = (queues: readonly string[]) =>
    queues.reduce((total, queue) => total + (depths.get(queue) ?? 0), 0);
  return {
    ...counts,
    arrived: new Set(world.observer.messages.map((message) => message.messageId)).size,
    queued: sum(inputQueuesOf(world)),
    deadLettered: sum(DEAD_LETTER_QUEUES),
  };
}

function isProcessed(world: World, progress: Progress): boolean {
  const { valid, refused } = expected(world);
  const { processed, deadLettered, queued } = progress;
  return processed === valid.size && deadLettered >= refused && queued === 0;
}

function isPublished({ pending, arrived, told, parked }: Progress): boolean {
  return pending === 0 && arrived >= told - parked;
}

/** What the broker has confirmed: eventIds that must have their effect, messages to be refused. */
function expected({ sender }: World): { valid: ReadonlySet<string>; refused: number } {
  const valid = new Set<string>();
  let refused = 0;
  for (const { operation, outcome } of sender.records) {
    if (outcome !== 'ok') continue;
    if (isValid(operation)) valid.add(operation.eventId);
    else refused += 1;
  }
  return { valid, refused };
}

async function listUnready({ apps }: World): Promise<string[]> {
  const complaints = await Promise.all(apps.map((app) => app.complaint()));
  return complaints.flatMap((complaint, index) =>
    complaint === undefined ? [] : [`${apps[index]?.label}: ${complaint}`],
  );
}
