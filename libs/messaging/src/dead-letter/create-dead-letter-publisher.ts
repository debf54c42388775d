import { AppError, coerceError } from '@inventory-events/errors';
import type { ConfirmChannel, Message, Options } from 'amqplib';
import type { Logger } from 'pino';
import type { AmqpConnection } from '../connection/amqp-connection';
import { within } from '../connection/within';
import {
  hasOversizedHeaders,
  toDeadLetterProperties,
  withHeadersAsText,
} from './to-dead-letter-properties';

const DEFAULT_CONFIRM_TIMEOUT_MS = 10_000;

export interface DeadLetterPublisherOptions {
  /** One for publishing: the broker stops reading from publishers when it has an alarm. */
  readonly connection: AmqpConnection;
  readonly exchange: string;
  readonly routingKey: string;
  readonly logger: Logger;
  readonly confirmTimeoutMs?: number;
  /** Declares where dead letters go. Runs on every new channel. */
  declare(): Promise<void>;
}

export interface DeadLetterPublisher {
  start(): void;
  /** Resolves when the broker has it in a queue. The caller acknowledges the message after that. */
  publish(message: Message, error: AppError): Promise<void>;
  close(): Promise<void>;
}

/** Puts refused messages aside with the reason, body and headers as they came. */
export function createDeadLetterPublisher(
  options: DeadLetterPublisherOptions,
): DeadLetterPublisher {
  const { exchange, routingKey } = options;
  const timeoutMs = options.confirmTimeoutMs ?? DEFAULT_CONFIRM_TIMEOUT_MS;
  const inFlight = new Set<(error: AppError) => void>();
  let channel: ConfirmChannel | undefined;
  let managed: ReturnType<AmqpConnection['openChannel']> | undefined;

  function failAll(error: AppError): void {
    for (const fail of inFlight) fail(error);
    inFlight.clear();
  }

  /** The queue is gone. Which message it was doesn't matter: all are sent again to a declared one. */
  function onReturn(): void {
    options.logger.error({ exchange, routingKey }, 'a dead letter had no queue to go to');
    failAll(new AppError('PUBLISH_UNROUTABLE', `no queue is bound to ${exchange}`));
    managed?.reopen();
  }

  async function send(to: ConfirmChannel, message: Message, properties: Options.Publish) {
    await new Promise<void>((resolve, reject) => {
      inFlight.add(reject);
      const settle = (error: unknown) => {
        inFlight.delete(reject);
        if (error) reject(new AppError('PUBLISH_NACKED', coerceError(error).message));
        else resolve();
      };
      try {
        publishReadable(to, { exchange, routingKey, message, properties }, settle);
      } catch (thrown) {
        inFlight.delete(reject);
        throw thrown;
      }
    });
  }

  return {
    start() {
      managed ??= options.connection.openChannel({
        name: `dead letters to ${exchange}`,
        confirm: true,
        async setup(opened) {
          opened.on('return', onReturn);
          await options.declare();
          channel = opened;
        },
        onLost() {
          channel = undefined;
          failAll(new AppError('DEPENDENCY_UNAVAILABLE', 'lost the channel before the confirm'));
        },
      });
    },
    async publish(message, error) {
      const to = channel;
      if (!to) throw new AppError('DEPENDENCY_UNAVAILABLE', 'no channel to publish on');
      const properties = { ...toDeadLetterProperties(message, error), mandatory: true };
      await within(send(to, message, properties), timeoutMs, 'the confirm of a dead letter');
    },
    async close() {
      await managed?.close();
    },
  };
}

interface DeadLetter {
  readonly exchange: string;
  readonly routingKey: string;
  readonly message: Message;
  readonly properties: Options.Publish;
}

/** Headers that can't be encoded throw before anything is sent. They must not hold the queue up. */
function publishReadable(
  channel: ConfirmChannel,
  { exchange, routingKey, message, properties }: DeadLetter,
  onSettled: (error: unknown) => void,
): void {
  const publish = (as: Options.Publish) =>
    channel.publish(exchange, routingKey, message.content, as, onSettled);
  if (hasOversizedHeaders(properties)) {
    publish(withHeadersAsText(properties, message));
    return;
  }
  try {
    publish(properties);
  } catch (thrown) {
    if (coerceError(thrown).name === 'IllegalOperationError') throw thrown;
    publish(withHeadersAsText(properties, message));
  }
}
