import { connect } from 'amqplib';
import { eventMessage } from '../load/event-message';
import { readChildOptions } from './child-options';

/**
 * The ceiling for any relay written with the same driver: the same messages, published with
 * confirms and nothing read from anywhere.
 */
async function main(): Promise<void> {
  const { amqpUrl, exchange, count, outstanding } = readChildOptions();
  const messages = Array.from({ length: count }, (_, index) => eventMessage(index));
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  let confirmed = 0;
  let next = 0;
  let isFull = false;
  await new Promise<void>((resolve, reject) => {
    const onConfirm = (error: unknown) => {
      if (error) reject(error instanceof Error ? error : new Error('not confirmed'));
      confirmed += 1;
      if (confirmed === count) resolve();
      else publishMore();
    };
    const publishMore = () => {
      while (!isFull && next - confirmed < outstanding) {
        const message = messages[next];
        if (!message) return;
        next += 1;
        const { routingKey, body, properties } = message;
        isFull = !channel.publish(exchange, routingKey, Buffer.from(body), properties, onConfirm);
      }
    };
    channel.on('drain', () => {
      isFull = false;
      publishMore();
    });
    publishMore();
  });
  await connection.close();
}

void main();
