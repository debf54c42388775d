import { randomUUID } from 'node:crypto';
import { type RunningApp, waitUntil } from '@inventory-events/testing';
import type { Answer, CallOptions } from '../world/call';
import { heldBy, type HeldReservation } from '../world/create-shop';
import { expectProof } from '../world/expect-proof';
import { insertItem, type InsertedItem } from '../world/insert-item';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

const CALLERS = 32;
const LINES = 3;
const STOCK = 1_000_000;

jest.setTimeout(120_000);

interface Attempt {
  readonly orderId: string;
  readonly options: CallOptions;
  /** Undefined where the process died before it said anything. */
  answer: Answer | undefined;
}

let world: InventoryWorld;
let items: InsertedItem[];

beforeAll(async () => {
  world = await startInventoryWorld();
  items = [];
  for (let index = 0; index < 12; index += 1)
    items.push(await insertItem(world, { onHand: STOCK }));
});

afterAll(async () => {
  await expectProof(world);
  await world.close();
});

function toAttempt(index: number): Attempt {
  const orderId = randomUUID();
  const lines = Array.from({ length: LINES }, (_, line) => {
    const { productId } = items[(index * 5 + line * 7) % items.length] as InsertedItem;
    return { productId, quantity: 1 + (index % 4) };
  });
  const options = {
    body: { orderId, items: lines },
    headers: { 'idempotency-key': randomUUID() },
  };
  return { orderId, options, answer: undefined };
}

/** Reserves from many callers at once until the process dies under them. */
async function reserveUntilKilled(app: RunningApp, killAfter: number): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  let acknowledged = 0;
  const callers = Array.from({ length: CALLERS }, async () => {
    while (app.isRunning()) {
      const attempt = toAttempt(attempts.length);
      attempts.push(attempt);
      try {
        attempt.answer = await world.callReplica(app, '/api/v1/reservations', attempt.options);
        acknowledged += 1;
      } catch {
        return; // the connection died with the process
      }
    }
  });
  await waitUntil(() => acknowledged >= killAfter, { intervalMs: 1 });
  await app.kill();
  await Promise.all(callers);
  return attempts;
}

type Lines = Omit<HeldReservation, 'warehouseId'>[];

/** What the database holds of the orders, whatever anybody was told. */
async function readLines(attempts: readonly Attempt[]): Promise<Map<string, Lines>> {
  const rows = await world.query(
    `SELECT order_id, json_agg(json_build_object('reservationId', id, 'inventoryId', item_id,
       'quantity', quantity, 'status', status) ORDER BY id) AS lines
     FROM reservations WHERE order_id = ANY ($1) GROUP BY order_id`,
    [attempts.map(({ orderId }) => orderId)],
  );
  return new Map(rows.map((row) => [row['order_id'] as string, row['lines'] as Lines]));
}

describe('a process that is killed while it reserves', () => {
  it.each([1, 50, 400])(
    'after %d answers: what it said is so, the rest is whole or not',
    async (n) => {
      const attempts = await reserveUntilKilled(await world.startReplica(), n);
      const unanswered = attempts.filter(({ answer }) => answer === undefined);
      expect(unanswered.length).toBeGreaterThan(0);
      const held = await readLines(attempts);
      for (const { orderId, answer } of attempts) {
        const lines = held.get(orderId) ?? [];
        if (answer === undefined) {
          expect([0, LINES]).toContain(lines.length);
        } else {
          expect(answer.status).toBe(201);
          expect(lines).toEqual(
            heldBy(answer).reservations.map(({ warehouseId: _, ...line }) => line),
          );
        }
      }

      // Whoever got no answer asks again, and whoever got one may as well: one effect each.
      const next = await world.startReplica();
      await Promise.all(
        attempts.map(async ({ options, answer }) => {
          const again = await world.callReplica(next, '/api/v1/reservations', options);
          expect(again.status).toBe(201);
          if (answer !== undefined) expect(again.json).toEqual(answer.json);
        }),
      );
      const counts = [...(await readLines(attempts)).values()].map((lines) => lines.length);
      expect(counts).toEqual(attempts.map(() => LINES));
      await expectProof(world);
      await next.stop();
    },
  );

  it('stops in order when it is asked to: nobody who was let in is left without an answer', async () => {
    const app = await world.startReplica();
    const attempts = Array.from({ length: 200 }, (_, index) => toAttempt(index));
    const answers = Promise.allSettled(
      attempts.map(async (attempt) => {
        attempt.answer = await world.callReplica(app, '/api/v1/reservations', attempt.options);
      }),
    );
    await waitUntil(() => attempts.some(({ answer }) => answer !== undefined), { intervalMs: 1 });
    expect(await app.stop()).toBe(0);
    await answers;
    const held = await readLines(attempts);
    for (const { orderId, answer } of attempts) {
      expect(held.get(orderId) ?? []).toHaveLength(answer?.status === 201 ? LINES : 0);
      if (answer !== undefined) expect([201, 503]).toContain(answer.status);
    }
  });
});
