import type { CommandQueue, LedgerCommand, LedgerResult } from '@inventory-events/stock-ledger';
import { refuseConcurrentRepetitions } from './refuse-concurrent-repetitions';

const RESULT: LedgerResult = { outcome: 'applied', previousQuantityMismatch: false, eventCount: 0 };

function command(messageId: string, body = 'body'): LedgerCommand {
  return {
    messageId,
    source: 'spec',
    bodyHash: Buffer.from(body),
    correlationId: 'c',
    refusal: { outcome: 'not_found' },
  };
}

/** A queue whose answers come when the test says so. */
function createHeldQueue() {
  const settle: ((error?: Error) => void)[] = [];
  const queue: CommandQueue = {
    execute: () =>
      new Promise((resolve, reject) => {
        settle.push((error) => (error === undefined ? resolve(RESULT) : reject(error)));
      }),
    waiting: () => settle.length,
    drain: () => Promise.resolve(),
  };
  return { settle, queue: refuseConcurrentRepetitions(queue) };
}

describe('refuseConcurrentRepetitions', () => {
  it('refuses a repetition while the first is under way, and lets it through afterwards', async () => {
    const { queue, settle } = createHeldQueue();
    const first = queue.execute(command('a'));
    await expect(queue.execute(command('a'))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_IN_PROGRESS',
    });
    settle[0]?.();
    await expect(first).resolves.toBe(RESULT);
    const second = queue.execute(command('a'));
    settle[1]?.();
    await expect(second).resolves.toBe(RESULT);
  });

  it('tells another request under the key apart', async () => {
    const { queue, settle } = createHeldQueue();
    const first = queue.execute(command('a'));
    await expect(queue.execute(command('a', 'other'))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const other = queue.execute(command('b'));
    settle.forEach((finish) => finish());
    await Promise.all([first, other]);
  });

  it('forgets a command that failed', async () => {
    const { queue, settle } = createHeldQueue();
    const first = queue.execute(command('a'));
    settle[0]?.(new Error('away'));
    await expect(first).rejects.toThrow('away');
    const again = queue.execute(command('a'));
    settle[1]?.();
    await expect(again).resolves.toBe(RESULT);
    expect(queue.waiting()).toBe(2);
  });
});
