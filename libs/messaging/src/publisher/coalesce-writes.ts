import type { Channel } from 'amqplib';
import { Socket } from 'node:net';

const coalescing = new WeakSet<Socket>();

/**
 * amqplib writes every message to the socket by itself: a system call each. What is written in one
 * turn of the event loop goes out in one call instead, and no later than without this.
 */
export function coalesceWrites(channel: Channel): void {
  const { stream } = channel.connection as unknown as { stream?: unknown };
  if (!(stream instanceof Socket) || coalescing.has(stream)) return;
  coalescing.add(stream);
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let corked = false;
  const uncork = (): void => {
    corked = false;
    stream.uncork();
  };
  stream.write = (...args: unknown[]): boolean => {
    if (!corked) {
      corked = true;
      stream.cork();
      process.nextTick(uncork);
    }
    return write(...args);
  };
}
