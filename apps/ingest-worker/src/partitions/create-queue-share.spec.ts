import type { PartitionLeases } from '@inventory-events/data-access';
import type { BatchConsumer } from '@inventory-events/messaging';
import { createLogger } from '@inventory-events/service-runtime';
import { createQueueShare, type LeaseEvents } from './create-queue-share';

const logger = createLogger({ name: 'test', level: 'silent' });
const QUEUES = ['main', 'p0', 'p1'];

/** Leases and consumers that do nothing but remember what was asked of them. */
function createFakes() {
  const owned = new Set<number>();
  const calls: string[] = [];
  const state = { isConnected: true };
  let events: LeaseEvents | undefined;
  const leases: PartitionLeases = {
    start: () => undefined,
    stop: async () => {
      for (const index of [...owned]) {
        owned.delete(index);
        await events?.onReleasing(index);
      }
    },
    owned: () => owned,
    isConnected: () => state.isConnected,
  };
  const createConsumer = (queue: string): BatchConsumer => ({
    start: () => void calls.push(`${queue} start`),
    cancel: async () => void calls.push(`${queue} cancel`),
    drain: async () => void calls.push(`${queue} drain`),
    close: async () => void calls.push(`${queue} close`),
    state: () => 'consuming',
    lastError: () => undefined,
  });
  const share = createQueueShare({
    queues: QUEUES,
    logger,
    createConsumer,
    createLeases(given) {
      events = given;
      return leases;
    },
  });
  const acquire = (index: number) => {
    owned.add(index);
    events?.onAcquired(index);
  };
  return { share, calls, owned, state, acquire };
}

describe('createQueueShare', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('consumes what it leases, and lets go in order', async () => {
    const { share, calls, acquire } = createFakes();
    share.start();
    acquire(1);
    expect(share.consumers().map(({ queue }) => queue)).toEqual(['p0']);
    await share.cancel();
    await share.drain(new AbortController().signal);
    await share.close();
    expect(calls).toEqual(['p0 start', 'p0 cancel', 'p0 cancel', 'p0 drain', 'p0 close']);
  });

  it('keeps its consumers through a lost lease session when the leases come back', async () => {
    const { share, calls, owned, state, acquire } = createFakes();
    share.start();
    acquire(0);
    owned.clear();
    state.isConnected = false;
    await jest.advanceTimersByTimeAsync(60_000);
    state.isConnected = true;
    await jest.advanceTimersByTimeAsync(1_000);
    acquire(0);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(calls).toEqual(['main start']);
    await share.close();
  });

  it('lets go of a queue that another worker leased meanwhile', async () => {
    const { share, calls, owned, state, acquire } = createFakes();
    share.start();
    acquire(0);
    acquire(2);
    owned.clear();
    state.isConnected = false;
    await jest.advanceTimersByTimeAsync(1_000);
    state.isConnected = true;
    acquire(2);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(calls).toEqual(['main start', 'p1 start', 'main cancel', 'main drain', 'main close']);
    expect(share.consumers().map(({ queue }) => queue)).toEqual(['p1']);
    await share.close();
  });

  it('can be stopped before it was started, and twice', async () => {
    const { share, calls, acquire } = createFakes();
    for (let round = 0; round < 2; round += 1) {
      await share.cancel();
      await share.drain(new AbortController().signal);
      await share.close();
    }
    share.start();
    acquire(0);
    expect(calls).toEqual([]);
  });
});
