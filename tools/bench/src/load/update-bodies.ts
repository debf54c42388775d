import { randomUUID } from 'node:crypto';
import { createItemPicker, type Skew } from './item-picker';
import { createRandom } from './random';

export interface UpdateBody {
  eventId: string;
  productId: string;
  newQuantity: number;
  correlationId: string;
}

interface UpdateLoad {
  count: number;
  items: number;
  skew: Skew;
  seed?: number;
}

/** Updates that each change the quantity of their item, now and then across a threshold. */
export function* updateBodies({ count, items, skew, seed = 1 }: UpdateLoad): Generator<UpdateBody> {
  const random = createRandom(seed);
  const pick = createItemPicker(items, skew, random);
  const productIds = Array.from({ length: items }, () => randomUUID());
  const onHand = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    const item = pick();
    const before = onHand.get(item) ?? 100;
    const step = 1 + Math.floor(random() * 6);
    const newQuantity = before - step >= 0 ? before - step : 100;
    onHand.set(item, newQuantity);
    const productId = productIds[item] ?? '';
    yield { eventId: randomUUID(), productId, newQuantity, correlationId: randomUUID() };
  }
}
