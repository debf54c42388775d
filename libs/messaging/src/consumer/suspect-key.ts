import { createHash } from 'node:crypto';
import type { ConsumeMessage } from 'amqplib';

/** The same for every delivery of a message, and hardly for two messages. */
export function suspectKey(queue: string, { content, properties }: ConsumeMessage): Buffer {
  const messageId: unknown = properties.messageId;
  return createHash('sha256')
    .update(`${queue}\n${typeof messageId === 'string' ? messageId : ''}\n`)
    .update(content)
    .digest();
}
