import { topology } from '@inventory-events/contracts';
import {
  type AmqpConnection,
  type ConnectOptions,
  createAmqpConnection,
  createDeadLetterPublisher,
  type DeadLetterPublisher,
  declareDeadLetters,
  type IncomingKind,
} from '@inventory-events/messaging';
import type { Logger, Service } from '@inventory-events/service-runtime';

export interface Broker extends Service {
  readonly connect: ConnectOptions;
  readonly consuming: AmqpConnection;
  readonly deadLetters: Readonly<Record<IncomingKind, DeadLetterPublisher>>;
}

export interface BrokerOptions {
  readonly url: string;
  readonly appName: string;
  readonly logger: Logger;
}

/** Two connections: the broker stops reading from publishers when it has an alarm. */
export function createBroker({ url, appName, logger }: BrokerOptions): Broker {
  const connect = { url, name: `${appName} consuming` };
  const consuming = createAmqpConnection({ ...connect, logger });
  const publishing = createAmqpConnection({ url, name: `${appName} dead letters`, logger });
  const connections = [consuming, publishing];
  const deadLettersOf = (kind: IncomingKind) =>
    createDeadLetterPublisher({
      connection: publishing,
      exchange: topology.exchanges.deadLetters,
      routingKey: topology.deadLetterKeys[kind],
      logger,
      declare: () => declareDeadLetters({ connection: publishing, logger }, kind),
    });
  const deadLetters = { updates: deadLettersOf('updates'), orders: deadLettersOf('orders') };

  return {
    name: 'broker',
    connect,
    consuming,
    deadLetters,
    async start() {
      for (const connection of connections) connection.start();
      for (const publisher of Object.values(deadLetters)) publisher.start();
    },
    async close() {
      await Promise.all(Object.values(deadLetters).map((publisher) => publisher.close()));
      await Promise.all(connections.map((connection) => connection.close()));
    },
    isReady: () => connections.every((connection) => connection.isConnected()),
  };
}
