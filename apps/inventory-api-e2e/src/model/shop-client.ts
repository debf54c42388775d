import { randomUUID } from 'node:crypto';
import type { Answer, CallOptions } from '../world/call';
import type { InventoryWorld } from '../world/start-inventory-world';
import { ITEMS, ORDERS, type ShopRequest } from './shop-request';

export interface ModelShop {
  readonly items: readonly string[];
  readonly orders: readonly string[];
}

type Sent = readonly [path: string, options: CallOptions];

/** A shop of its own in a world: a few items with a few units each, a few orders. */
export async function openShop(world: InventoryWorld, onHand: number): Promise<ModelShop> {
  const items = Array.from({ length: ITEMS }, async () => {
    const body = { productId: randomUUID(), quantity: onHand };
    const answer = await world.call('/api/v1/inventory', { body });
    expect(answer.status).toBe(201);
    return (answer.json as { inventoryId: string }).inventoryId;
  });
  const orders = Array.from({ length: ORDERS }, () => randomUUID());
  return { items: await Promise.all(items), orders };
}

/** Sends requests to the service, each under a key of its own, and can send the last one again. */
export function createShopClient(world: InventoryWorld, shop: ModelShop) {
  const orderOf = (index: number) => shop.orders[index] as string;
  const itemOf = (index: number) => shop.items[index] as string;
  let last: { sent: Sent; answer: Answer } | undefined;

  async function send(path: string, body: unknown): Promise<Answer> {
    const headers = { 'idempotency-key': randomUUID() };
    const sent: Sent = [path, { body, headers }];
    const answer = await world.call(...sent);
    last = { sent, answer };
    return answer;
  }

  return {
    /** `holdOf` names the reservation that a request is about. */
    perform(
      request: Exclude<ShopRequest, { type: 'passTime' | 'repeat' }>,
      holdOf: (index: number) => string,
    ): Promise<Answer> {
      const path = '/api/v1/reservations';
      switch (request.type) {
        case 'reserve': {
          const items = request.lines.map(({ item, quantity }) => {
            return { inventoryId: itemOf(item), quantity };
          });
          return send(path, { orderId: orderOf(request.order), items });
        }
        case 'commit':
        case 'cancel': {
          const { type, hold, quantity } = request;
          return send(`${path}/${holdOf(hold)}/${type}`, { quantity });
        }
        case 'extend':
          return send(`${path}/${holdOf(request.hold)}/extend`, { ttlSeconds: 3_600 });
        case 'commitOrder':
          return send(`${path}/order/${orderOf(request.order)}/commit`, {});
        case 'cancelOrder':
          return send(`${path}/order/${orderOf(request.order)}/cancel`, {});
        case 'extendOrder':
          return send(`${path}/order/${orderOf(request.order)}/extend`, { ttlSeconds: 3_600 });
        case 'readOrder':
          return world.call(`${path}/order/${orderOf(request.order)}`);
        case 'adjust': {
          const body = { quantityChange: request.delta, reason: 'ADJUSTMENT' };
          return send(`/api/v1/inventory/${itemOf(request.item)}/adjust`, body);
        }
        case 'check': {
          const items = [{ inventoryId: itemOf(request.item), quantity: 1 }];
          return world.call('/api/v1/availability/check', { body: { items } });
        }
      }
    },
    async passTime(order: number): Promise<void> {
      await world.query(
        `UPDATE reservations SET expires_at = now() - interval '1 second'
         WHERE order_id = $1 AND status = 'PENDING'`,
        [orderOf(order)],
      );
    },
    /** The answer to the last request, and that to its repetition; undefined before the first. */
    async repeat(): Promise<readonly [first: Answer, again: Answer] | undefined> {
      return last && [last.answer, await world.call(...last.sent)];
    },
  };
}
