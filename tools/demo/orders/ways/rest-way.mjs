import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { toAnswer, unexpected } from './call-api.mjs';

const RESERVATIONS = '/api/v1/reservations';

/** Over REST; some requests are sent again under their idempotency key, as after a lost answer. */
export function createRestWay({ call }) {
  async function end(order, how) {
    const path = `${RESERVATIONS}/order/${order.orderId}/${how}`;
    const answer = await call('POST', path, { idempotencyKey: randomUUID() });
    if (answer.status !== 200) throw unexpected(`to ${how} an order`, answer);
  }

  return {
    async reserve(order) {
      const { orderId, userId, ttlSeconds, isRetried } = order;
      const items = order.lines.map(({ product: { sku }, quantity }) => ({ sku, quantity }));
      const body = { orderId, userId, ttlSeconds, items };
      const request = { body, idempotencyKey: randomUUID() };
      const answer = await call('POST', RESERVATIONS, request);
      const again = isRetried ? await call('POST', RESERVATIONS, request) : answer;
      if (!isSame(again, answer)) throw unexpected('a repeated request', again);
      return toAnswer(answer);
    },
    pay: (order) => end(order, 'commit'),
    cancel: (order) => end(order, 'cancel'),
    /** A payment after the hold has expired: nothing is sold any more, swept or not. */
    async payLate({ orderId }) {
      const answer = await call('POST', `${RESERVATIONS}/order/${orderId}/commit`);
      const isRefused = answer.status === 409 && answer.body.code === 'RESERVATION_EXPIRED';
      if (!isRefused) throw unexpected('a payment after the expiry', answer);
    },
    async restock({ product: { sku }, quantity }) {
      const found = await call('GET', `/api/v1/inventory/sku/${sku}`);
      const [{ inventoryId } = {}] = found.body?.items ?? [];
      const body = { quantityChange: quantity, reason: 'RECEIVED' };
      const answer = await call('POST', `/api/v1/inventory/${inventoryId}/adjust`, { body });
      if (answer.status !== 200) throw unexpected('a restock', answer);
    },
  };
}

/** But for the id that a refusal of each request has. */
function isSame(again, answer) {
  const withoutId = ({ status, body }) => ({ status, body: { ...body, requestId: undefined } });
  return isDeepStrictEqual(withoutId(again), withoutId(answer));
}
