import { randomUUID } from 'node:crypto';
import type { Answer, CallOptions } from './call';
import type { InventoryWorld } from './start-inventory-world';

export interface InventoryView {
  readonly inventoryId: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  readonly sku: string | null;
  readonly quantityAvailable: number;
  readonly quantityReserved: number;
  readonly quantityTotal: number;
  readonly reorderPoint: number;
  readonly reorderQuantity: number;
  readonly status: string;
  readonly lowStockThreshold: number | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A stock keeper's view of a world. */
export interface StockClient {
  /** A new stock entry of a new product, unless the body says otherwise. */
  create(body?: object, options?: CallOptions): Promise<Answer>;
  made(body?: object): Promise<InventoryView>;
  get(inventoryId: string, options?: CallOptions): Promise<Answer>;
  put(inventoryId: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  adjust(inventoryId: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export function inventoryOf(answer: Answer): InventoryView {
  return answer.json as InventoryView;
}

/** `worldOf`: a world is there only once the spec has begun. */
export function createStockClient(worldOf: () => InventoryWorld): StockClient {
  const path = '/api/v1/inventory';
  const create: StockClient['create'] = (body = {}, options = {}) =>
    worldOf().call(path, { body: { productId: randomUUID(), quantity: 20, ...body }, ...options });
  return {
    create,
    async made(body) {
      const answer = await create(body);
      expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
      return inventoryOf(answer);
    },
    get: (inventoryId, options) => worldOf().call(`${path}/${inventoryId}`, options),
    put: (inventoryId, body, headers = {}) =>
      worldOf().call(`${path}/${inventoryId}`, { method: 'PUT', body, headers }),
    adjust: (inventoryId, body, headers = {}) =>
      worldOf().call(`${path}/${inventoryId}/adjust`, { body, headers }),
  };
}
