import { randomUUID } from 'node:crypto';
import type { Answer, CallOptions } from './call';
import { insertItem, type InsertedItem } from './insert-item';
import type { InventoryWorld } from './start-inventory-world';

export interface HeldReservation {
  readonly reservationId: string;
  readonly inventoryId: string;
  readonly warehouseId: string | null;
  readonly quantity: number;
  readonly status: string;
}

export interface OrderReservations {
  readonly orderId: string;
  readonly status: string;
  readonly expiresAt: string;
  readonly reservations: readonly HeldReservation[];
}

/** A buyer's view of a world. */
export interface Shop {
  /** POST below /api/v1/reservations. */
  post(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  reserve(
    lines: readonly object[],
    order?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** A new stock entry, and an order that holds some of it. */
  hold(stock?: {
    onHand?: number;
    quantity?: number;
  }): Promise<InsertedItem & { readonly orderId: string; readonly reservationId: string }>;
  makeOverdue(orderId: string): Promise<void>;
  stockOf(inventoryId: string): Promise<{ onHand: number; reserved: number }>;
}

export function heldBy(answer: Answer): OrderReservations {
  return answer.json as OrderReservations;
}

/** `worldOf`: a world is there only once the spec has begun. */
export function createShop(worldOf: () => InventoryWorld): Shop {
  const post: Shop['post'] = (path, body, options) =>
    worldOf().call(`/api/v1/reservations${path}`, { method: 'POST', body, ...options });
  const reserve: Shop['reserve'] = (items, order = {}, headers = {}) =>
    post('', { orderId: randomUUID(), items, ...order }, { headers });
  return {
    post,
    reserve,
    async hold({ onHand = 10, quantity = 4 } = {}) {
      const item = await insertItem(worldOf(), { onHand });
      const answer = await reserve([{ productId: item.productId, quantity }]);
      expect(answer.status).toBe(201);
      const { orderId, reservations } = heldBy(answer);
      return { ...item, orderId, reservationId: reservations[0]?.reservationId ?? '' };
    },
    async makeOverdue(orderId) {
      await worldOf().query(
        `UPDATE reservations SET expires_at = now() - interval '1 second' WHERE order_id = $1`,
        [orderId],
      );
    },
    async stockOf(inventoryId) {
      const [row] = await worldOf().query(
        'SELECT on_hand AS "onHand", reserved FROM stock_items WHERE id = $1',
        [inventoryId],
      );
      return row as { onHand: number; reserved: number };
    },
  };
}
