import { connect } from 'amqplib';
import { Logger, run } from 'graphile-worker';
import { readChildOptions } from './child-options';

interface PublishPayload {
  routingKey: string;
  body: string;
  eventId: string;
}

/** A job queue on the same database that publishes one event per job, with its confirm. */
async function main(): Promise<void> {
  const { amqpUrl, databaseUrl, exchange } = readChildOptions();
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  await run({
    connectionString: databaseUrl,
    concurrency: 10,
    noHandleSignals: true,
    parsedCronItems: [],
    // One line per job would cost it time that its rival doesn't spend.
    logger: new Logger(() => () => undefined),
    taskList: {
      publish: (payload) => {
        const { routingKey, body, eventId } = payload as PublishPayload;
        const properties = { persistent: true, mandatory: true, messageId: eventId };
        return new Promise<void>((resolve, reject) => {
          channel.publish(exchange, routingKey, Buffer.from(body), properties, (error: unknown) => {
            if (error) reject(error instanceof Error ? error : new Error('not confirmed'));
            else resolve();
          });
        });
      },
    },
  });
  process.send?.('ready');
}

void main();
