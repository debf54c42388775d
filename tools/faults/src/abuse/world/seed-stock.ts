import { randomUUID } from 'node:crypto';
import { sendRequest } from '../http/send-request';
import type { AbuseWorld } from './open-abuse-world';

/** Something to ask for: ids of products, stock, a warehouse and a reservation. */
export async function seedStock({ inventory, authority }: AbuseWorld): Promise<string[]> {
  const ids: string[] = [];
  const headers = {
    authorization: `Bearer ${authority.sign()}`,
    'content-type': 'application/json',
  };
  async function post(path: string, body: object): Promise<void> {
    const answer = await sendRequest(inventory.app.port, {
      method: 'POST',
      path: `/api/v1/${path}`,
      headers,
      body: JSON.stringify(body),
    });
    if (answer?.status !== 201) throw new Error(`${path}: ${answer?.status} ${answer?.text}`);
    ids.push(...(answer.text.match(UUID) ?? []));
  }
  const products = Array.from({ length: 3 }, () => randomUUID());
  for (const [index, productId] of products.entries()) {
    await post('inventory', { productId, sku: `SKU-${index}`, quantity: 1_000_000 });
  }
  await post('warehouses', { code: 'ABUSE', name: 'Abuse' });
  const items = products.map((productId) => ({ productId, quantity: 1 }));
  await post('reservations', { orderId: randomUUID(), items });
  return [...new Set(ids)];
}

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;
