import { waitUntil } from '@inventory-events/testing';
import { setTimeout as delay } from 'node:timers/promises';
import type { Recovery } from '../record/history';
import type { World } from '../world/open-world';
import { waitForRest } from '../world/wait-for-rest';
import type { RestOrders } from './load/create-rest-orders';
import type { OutageLoad } from './load/outage-load';
import type { Disturbance, Outage } from './outage';
import { type Seen, watchOutage } from './stage/watch-outage';

export interface LoadedStage {
  readonly world: World;
  readonly load: OutageLoad;
  readonly orders: RestOrders;
}

export interface Felt extends Seen {
  /** No event arrived in its second half, where it had any. */
  readonly isStandstill: boolean;
  /** The first is that of the messages and the apps. */
  readonly recoveries: readonly Recovery[];
}

const LEAST_SENDING_MS = 1_000;
/** So many events arrive under load before it begins. */
const EVENTS_BEFORE = 10;

/** Breaks something while the load runs, heals it, and sees how long everything else takes. */
export async function disturb(
  { holdMs, limitMs }: Outage,
  disturbance: Disturbance,
  { world, load, orders }: LoadedStage,
): Promise<Felt> {
  const { observer, sender } = world;
  const watch = watchOutage(world);
  const first = observer.messages.length;
  orders.start();
  const perSecond = (load.middle.length * 1_000) / Math.max(holdMs, LEAST_SENDING_MS);
  const sending = sender.send(load.middle, { perSecond });
  sending.catch(() => undefined); // awaited below
  await waitUntil(() => observer.messages.length >= first + EVENTS_BEFORE);

  await disturbance.inject();
  await delay(holdMs / 2);
  const half = observer.messages.length;
  await delay(holdMs / 2);
  const isStandstill = holdMs > 0 && observer.messages.length === half;
  await disturbance.heal();
  await sending;
  const from = performance.now();

  const isAnswered = await orders.stop(limitMs);
  const rest = await waitForRest(world, { stallMs: limitMs, deadlineMs: limitMs });
  const recoveries = [
    recovery('the outage', isAnswered && rest.isComplete, from, limitMs),
    recovery('holds that ended meanwhile', await areSwept(world, load, limitMs), from, limitMs),
  ];
  return { ...(await watch.end()), isStandstill, recoveries };
}

function recovery(fault: string, isDone: boolean, from: number, limitMs: number): Recovery {
  return { fault, tookMs: isDone ? performance.now() - from : Infinity, limitMs };
}

async function areSwept(world: World, { expiringOrders }: OutageLoad, timeoutMs: number) {
  const isPending = async (): Promise<boolean> => {
    const { rowCount } = await world.pool.query(
      `SELECT FROM reservations WHERE order_id = ANY ($1::uuid[]) AND status = 'PENDING'`,
      [expiringOrders],
    );
    return rowCount !== 0;
  };
  const swept = waitUntil(async () => !(await isPending()), { timeoutMs, intervalMs: 100 });
  return swept.catch(() => false);
}
