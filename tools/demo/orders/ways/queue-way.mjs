import { randomUUID } from 'node:crypto';
import { toldAnswer } from '../order-book.mjs';

const ORDERS = 'order.events';
const PRODUCTS = 'product.events';

/**
 * As the services of a shop talk to each other: what happened is published, and the answer to an
 * order is an event as well.
 */
export function createQueueWay({ channel, book, signal }) {
  let returned = 0;
  channel.on('return', () => (returned += 1));

  function publish(exchange, type, fields) {
    const eventId = randomUUID();
    const correlationId = randomUUID();
    const message = { eventId, correlationId, timestamp: new Date().toISOString(), ...fields };
    channel.publish(exchange, type, Buffer.from(JSON.stringify(message)), {
      persistent: true,
      mandatory: true,
      contentType: 'application/json',
    });
    return correlationId;
  }

  return {
    async reserve(order) {
      const { orderId, userId, ttlSeconds, ending } = order;
      const items = order.lines.map(toLine);
      if (ending === 'early') publish(ORDERS, 'payment.successful', { orderId, userId });
      publish(ORDERS, 'order.created', { orderId, userId, items, ttlSeconds });
      return book.of(order).until(toldAnswer, signal);
    },
    announce({ productId, sku, opening }) {
      publish(PRODUCTS, 'product.created', { productId, sku, initialQuantity: opening });
    },
    pay: ({ orderId, userId }) => publish(ORDERS, 'payment.successful', { orderId, userId }),
    decline: ({ orderId, userId }) =>
      publish(ORDERS, 'payment.failed', { orderId, userId, reason: 'card declined' }),
    cancel: ({ orderId, userId }) => publish(ORDERS, 'order.cancelled', { orderId, userId }),
    /** Until the broker has confirmed everything. */
    async flush() {
      await channel.waitForConfirms();
      if (returned > 0) throw new Error(`${returned} order messages found no queue`);
    },
  };
}

const toLine = ({ product: { productId }, quantity }) => ({ productId, quantity });
