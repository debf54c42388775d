import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Answer } from '../world/call';
import { essenceOf } from '../world/essence-of';
import { expectProof } from '../world/expect-proof';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';
import {
  createReservationModel,
  type Expected,
  type HoldFacts,
  type ModelHold,
} from './reservation-model';
import { createShopClient, openShop } from './shop-client';
import { type ShopRequest, shopRequest } from './shop-request';

const RUNS = 40;
/** Shops that are open at once: they share nothing but the service. */
const SHOPS = 5;
const MAX_REQUESTS = 25;
const CLIENTS = 8;
const REQUESTS_PER_CLIENT = 60;
const ON_HAND = 8;

let world: InventoryWorld;

beforeAll(async () => {
  world = await startInventoryWorld();
});

afterAll(() => world.close());

type Told = Required<HoldFacts>;

/** An order's answer tells many reservations, a reservation's answer is one. */
function toldBy({ json }: Answer): Told[] {
  const body = json as Told & { reservations?: Told[] };
  return (body.reservations ?? [body]).map(({ reservationId, inventoryId, quantity, status }) => {
    return { reservationId, inventoryId, quantity, status };
  });
}

const byItem = (a: HoldFacts, b: HoldFacts) =>
  `${a.inventoryId}${a.reservationId ?? ''}` < `${b.inventoryId}${b.reservationId ?? ''}` ? -1 : 1;

function expectAnswer(answer: Answer, expected: Expected): void {
  if ('code' in expected) {
    expect({ status: answer.status, json: answer.json }).toMatchObject({
      status: expected.status,
      json: { code: expected.code },
    });
    return;
  }
  expect({ status: answer.status, code: (answer.json as { code?: string }).code }).toEqual({
    status: expected.status,
    code: undefined,
  });
  const holds = expected.holds.map((hold) => ({ reservationId: expect.any(String), ...hold }));
  expect(toldBy(answer).sort(byItem)).toEqual(holds.sort(byItem));
}

describe('the service, against a simple model', () => {
  /** One client after the other: every answer is known beforehand. */
  async function play(requests: readonly ShopRequest[]): Promise<void> {
    const shop = await openShop(world, ON_HAND);
    const client = createShopClient(world, shop);
    const model = createReservationModel(new Map(shop.items.map((id) => [id, ON_HAND])));
    const unknown = randomUUID();
    const holdOf = (index: number) => model.holds[index % (model.holds.length || 1)];
    const idOf = (index: number) => holdOf(index)?.reservationId ?? unknown;
    const meant = (index: number): ModelHold[] => [holdOf(index) ?? []].flat();

    for (const request of requests) {
      if (request.type === 'passTime') {
        await client.passTime(request.order);
        model.passTimeOf(shop.orders[request.order] as string);
        continue;
      }
      if (request.type === 'repeat') {
        const answers = await client.repeat();
        if (answers) expect(essenceOf(answers[1])).toEqual(essenceOf(answers[0]));
        continue;
      }
      const answer = await client.perform(request, idOf);
      switch (request.type) {
        case 'reserve': {
          const orderId = shop.orders[request.order] as string;
          const lines = request.lines.map(({ item, quantity }) => {
            return { inventoryId: shop.items[item] as string, quantity };
          });
          expectAnswer(answer, model.reserve(orderId, lines));
          if (answer.status === 201) model.learn(orderId, toldBy(answer));
          break;
        }
        case 'commit':
        case 'cancel':
          expectAnswer(answer, model[request.type](meant(request.hold), request.quantity));
          break;
        case 'extend':
          expectAnswer(answer, model.extend(meant(request.hold)));
          break;
        case 'commitOrder':
        case 'cancelOrder':
        case 'extendOrder': {
          const verb = request.type.replace('Order', '') as 'commit' | 'cancel' | 'extend';
          const holds = model.meantBy(shop.orders[request.order] as string);
          expectAnswer(answer, model[verb](holds));
          break;
        }
        case 'readOrder': {
          const holds = model.ofOrder(shop.orders[request.order] as string);
          const none = { status: 404, code: 'RESERVATION_NOT_FOUND' };
          expectAnswer(answer, holds.length > 0 ? { status: 200, holds } : none);
          break;
        }
        case 'adjust': {
          const inventoryId = shop.items[request.item] as string;
          const isExpected = model.canAdjust(inventoryId, request.delta);
          const isDone = answer.status === 200;
          expect([200, 409]).toContain(answer.status);
          if (isExpected !== undefined) expect(isDone).toBe(isExpected);
          if (isDone) model.adjust(inventoryId, request.delta);
          break;
        }
        case 'check':
          expect(answer.json).toMatchObject({
            items: [{ quantityAvailable: model.available(shop.items[request.item] as string) }],
          });
      }
    }
  }

  it(`answers as it should in ${RUNS * SHOPS} random histories`, async () => {
    const history = fc.array(shopRequest, { minLength: 5, maxLength: MAX_REQUESTS, size: 'max' });
    await fc.assert(
      fc.asyncProperty(
        fc.array(history, { minLength: SHOPS, maxLength: SHOPS }),
        async (histories) => {
          await Promise.all(histories.map(play));
        },
      ),
      { numRuns: RUNS, interruptAfterTimeLimit: 100_000 },
    );
    await expectProof(world);
  }, 180_000);

  it('keeps its promises when many clients do anything at once', async () => {
    const shop = await openShop(world, 40);
    const known: string[] = [];
    const histories = fc.sample(
      fc.array(shopRequest, {
        minLength: REQUESTS_PER_CLIENT,
        maxLength: REQUESTS_PER_CLIENT,
      }),
      { numRuns: CLIENTS, seed: 20_261_121 },
    );
    await Promise.all(
      histories.map(async (requests) => {
        const client = createShopClient(world, shop);
        const holdOf = (index: number) => known[(index * 7) % known.length] ?? randomUUID();
        for (const request of requests) {
          if (request.type === 'passTime') {
            await client.passTime(request.order);
          } else if (request.type === 'repeat') {
            const answers = await client.repeat();
            if (answers) expect(essenceOf(answers[1])).toEqual(essenceOf(answers[0]));
          } else {
            const answer = await client.perform(request, holdOf);
            expect([200, 201, 404, 409]).toContain(answer.status);
            const isNew = request.type === 'reserve' && answer.status === 201;
            if (isNew) known.push(...toldBy(answer).map(({ reservationId }) => reservationId));
          }
        }
      }),
    );
    expect(known.length).toBeGreaterThan(10);
    await expectProof(world);
  }, 60_000);
});
