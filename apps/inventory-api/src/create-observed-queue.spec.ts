import type { LedgerCommand, LedgerResult } from '@inventory-events/stock-ledger';
import { waitUntil } from '@inventory-events/testing';
import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { createObservedQueue } from './create-observed-queue';

const RESULT: LedgerResult = { outcome: 'applied', previousQuantityMismatch: false, eventCount: 0 };

function command(): LedgerCommand {
  return {
    messageId: randomUUID(),
    source: 'spec',
    bodyHash: Buffer.alloc(16),
    correlationId: randomUUID(),
    refusal: { outcome: 'not_found' },
  };
}

describe('createObservedQueue', () => {
  it('tells what waits, and how large the batches are', async () => {
    const registry = new Registry();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const queue = createObservedQueue({
      registry,
      batchSize: 10,
      maxWaiting: 10,
      sessions: 1,
      ledger: {
        async executeBatch(commands) {
          await released;
          return commands.map(() => RESULT);
        },
      },
    });
    const first = queue.execute(command());
    await waitUntil(() => queue.waiting() === 0);
    const answers = [first, ...Array.from({ length: 3 }, () => queue.execute(command()))];
    expect(await registry.metrics()).toContain('ledger_commands_waiting 3\n');

    release();
    await Promise.all(answers);

    const metrics = await registry.metrics();
    expect(metrics).toContain('ledger_commands_waiting 0\n');
    expect(metrics).toContain('ledger_batch_size_bucket{le="1"} 1\n');
    expect(metrics).toContain('ledger_batch_size_sum 4\n');
    expect(metrics).toContain('ledger_batch_duration_seconds_count 2\n');
  });
});
