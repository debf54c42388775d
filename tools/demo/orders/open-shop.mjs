import { connect } from 'amqplib';
import { waitFor } from '../../dev-stack/wait-for.mjs';
import { createToken } from '../../token/create-token.mjs';
import { createOrderBook } from './order-book.mjs';
import { createApiClient } from './ways/call-api.mjs';
import { createGrpcWay } from './ways/grpc-way.mjs';
import { createProductWay } from './ways/product-way.mjs';
import { createQueueWay } from './ways/queue-way.mjs';
import { createRestWay } from './ways/rest-way.mjs';

const OPENING_TIMEOUT_MS = 20_000;

/**
 * The part of the shop that takes orders: a book of them, and every way to reserve. Resolves when
 * the inventory knows the products that are sold online.
 */
export async function openShop({ root, world, apps, secret, plan, events, scope, signal }) {
  const api = apps['inventory-api'];
  const token = createToken({ secret, roles: ['operator'], subject: 'demo-shop' });
  const book = createOrderBook(plan.orders);
  events.book.onOrderEvent = book.take;
  const connection = await connect(world.amqpUrl, { noDelay: true });
  connection.on('error', () => undefined); // the pending confirms fail as well
  scope.add(() => connection.close());
  const channel = await connection.createConfirmChannel();
  const call = createApiClient({ url: api.url, token });
  const queue = createQueueWay({ channel, book, signal });
  const grpc = createGrpcWay({ root, address: `127.0.0.1:${api.grpcPort}`, token });
  scope.add(() => grpc.close());
  const rest = createRestWay({ call });
  const product = createProductWay({ call, queue });

  const untilKnown = (wanted) =>
    waitFor(
      async () => {
        if (!(await product.knows(wanted))) throw new Error(`${wanted.sku} is unknown`);
      },
      { what: 'the stock of the shop', timeoutMs: OPENING_TIMEOUT_MS },
    );
  plan.products.forEach(queue.announce);
  await queue.flush();
  await untilKnown(plan.products.at(-1));
  return { book, call, ways: { queue, rest, grpc, product }, untilKnown };
}
