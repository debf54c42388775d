import type { FaultPoint } from './fault-point';

const LEASES = 'libs/data-access/src/leases/partition-leases.ts';
const apps = ['ingest-worker', 'outbox-relay'] as const;

/** How replicas share the queues and the outbox. */
export const leasePoints: readonly FaultPoint[] = [
  {
    name: 'lease.acquired',
    apps,
    file: LEASES,
    anchor: 'onAcquired(partition);\n    }',
    place: 'before',
    meaning: 'a partition is locked, work on it has not begun',
  },
  {
    name: 'lease.releasing',
    apps,
    file: LEASES,
    anchor: 'const released = this.#giveAway(session, partition)',
    place: 'before',
    meaning: 'a partition is to be given to another replica, work on it is under way',
  },
  {
    name: 'lease.drained',
    apps,
    file: LEASES,
    anchor: 'await session.release(partition);',
    place: 'before',
    meaning: 'work on it has ended, the lock is still held',
  },
  {
    name: 'lease.released',
    apps,
    file: LEASES,
    anchor: 'await session.release(partition);',
    place: 'after',
    meaning: 'the lock is free',
  },
];
