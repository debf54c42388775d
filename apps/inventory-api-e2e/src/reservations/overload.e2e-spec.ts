import { randomUUID } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { waitUntil } from '@inventory-events/testing';
import type { Answer } from '../world/call';
import { createShop } from '../world/create-shop';
import { expectProblem } from '../world/expect-problem';
import { insertItem } from '../world/insert-item';
import { signToken } from '../world/sign-token';
import { waitForLockWaiters, whileLocked } from '../world/while-locked';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

const MAX_WAITING = 5;

let world: InventoryWorld;
const { reserve, hold, stockOf } = createShop(() => world);

beforeAll(async () => {
  world = await startInventoryWorld({
    LEDGER_SESSIONS: '1',
    LEDGER_MAX_WAITING: String(MAX_WAITING),
  });
});

afterAll(() => world.close());

describe('more requests than can wait', () => {
  it('are told to come again, and the others are served', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 100 });
    const send = () => reserve([{ productId, quantity: 1 }]);
    let answered = 0;
    let waiting: Promise<Answer[]> | undefined;
    await whileLocked(world, inventoryId, async () => {
      const first = send();
      await waitForLockWaiters(world, 1);
      const others = Array.from({ length: MAX_WAITING + 4 }, send);
      waiting = Promise.all([first, ...others]);
      for (const other of others) void other.then(() => (answered += 1));
      await waitUntil(() => answered === 4); // the refused are answered at once
    });
    const answers = (await waiting) ?? [];
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(4);
    for (const answer of refused) {
      expectProblem(answer, 429, 'OVERLOADED');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(await stockOf(inventoryId)).toEqual({ onHand: 100, reserved: 1 + MAX_WAITING });
  });
});

describe('clients who leave before their turn', () => {
  /** Sends a request on a connection of its own; tells whether it was refused, or is waiting. */
  function send(body: object): ClientRequest & { isRefused?: boolean } {
    const outgoing: ClientRequest & { isRefused?: boolean } = request({
      host: '127.0.0.1',
      port: world.app.port,
      path: '/api/v1/reservations',
      method: 'POST',
      headers: {
        authorization: `Bearer ${signToken({ roles: ['operator'] })}`,
        'content-type': 'application/json',
      },
      agent: false,
    });
    outgoing.on('error', () => undefined); // it is cut off below
    outgoing.on('response', (response) => {
      outgoing.isRefused = response.statusCode === 429;
      response.resume();
    });
    outgoing.end(JSON.stringify(body));
    return outgoing;
  }

  it('have held nothing', async () => {
    const { productId, inventoryId } = await insertItem(world, { onHand: 100 });
    let first: Promise<Answer> | undefined;
    await whileLocked(world, inventoryId, async () => {
      first = reserve([{ productId, quantity: 1 }]);
      await waitForLockWaiters(world, 1);
      const items = [{ productId, quantity: 7 }];
      const sent = Array.from({ length: MAX_WAITING + 3 }, () => {
        return send({ orderId: randomUUID(), items });
      });
      // One that is refused tells that the others wait.
      await waitUntil(() => sent.filter(({ isRefused }) => isRefused).length === 3);
      sent.forEach((outgoing) => outgoing.destroy());
      // By its second answer the service has seen what came before the first question.
      for (let turn = 0; turn < 2; turn += 1) await world.call('/health/live', { role: null });
    });
    expect((await first)?.status).toBe(201);
    await hold(); // what waited before it has had its turn
    expect(await stockOf(inventoryId)).toEqual({ onHand: 100, reserved: 1 });
    expect(world.app.logLines().filter(({ level }) => level === 'error')).toEqual([]);
  });
});
