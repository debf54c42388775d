import type { OutboxReader } from '@inventory-events/data-access';
import { waitUntil } from '@inventory-events/testing';
import { pino } from 'pino';
import { Claimer } from './claimer';

const BATCH = { rows: [], isCaughtUp: true };

/** Gives its one batch once after every start. */
function oneBatch(): OutboxReader & { starts: number } {
  let isRead = false;
  return {
    starts: 1,
    async read() {
      if (isRead) return { rows: [], isCaughtUp: true };
      isRead = true;
      return BATCH;
    },
    restart() {
      isRead = false;
      this.starts += 1;
    },
  };
}

describe('Claimer', () => {
  it('reads again what could not be handed on', async () => {
    const reader = oneBatch();
    const taken: unknown[] = [];
    let isBroken = true;
    const claimer = new Claimer({
      reader,
      pollMs: 1_000,
      logger: pino({ level: 'silent' }),
      room: () => 10,
      partitions: () => [0],
      beforeRead: () => undefined,
      onBatch(batch) {
        if (isBroken) {
          isBroken = false;
          throw new Error('nobody could take it');
        }
        taken.push(batch);
      },
      onTurn: () => undefined,
    });
    claimer.start();
    claimer.wake();
    await waitUntil(() => taken.length > 0);
    await claimer.stop();
    expect(taken[0]).toBe(BATCH);
    expect(reader.starts).toBe(2);
  });
});
