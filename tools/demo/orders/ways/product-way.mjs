import { toAnswer, unexpected } from './call-api.mjs';

/** The paths for callers that know nothing but products. Payments come by message. */
export function createProductWay({ call, queue }) {
  return {
    async reserve({ orderId, userId, lines: [{ product, quantity }] }) {
      const body = {
        product_id: product.productId,
        quantity,
        order_id: orderId,
        user_id: userId,
      };
      return toAnswer(await call('POST', '/inventory/reserve', { body }));
    },
    pay: queue.pay,
    /** Whether the inventory knows the product. */
    async knows({ productId }) {
      const { status } = await call('GET', `/inventory/${productId}`);
      return status === 200;
    },
    async restock({ product: { productId }, quantity }) {
      const body = { product_id: productId, quantity, operation: 'add' };
      const answer = await call('PUT', '/inventory/update', { body });
      if (answer.status !== 200) throw unexpected('a restock', answer);
    },
  };
}
