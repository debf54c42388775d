import type { RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Turns {
  readonly listener: RequestListener;
  /** Whether an answer has begun, or is owed to a request that has come in whole. */
  isAnswerDue(connection: Duplex): boolean;
}

/**
 * Requests that a client sends at once, without waiting for answers, are handled one after the
 * other. Node begins them all: one connection could then keep everybody else waiting, and what waits
 * behind an answer when the client leaves would never be told.
 */
export function takeTurns(handle: RequestListener): Turns {
  /** The first of each is being answered. */
  const queues = new WeakMap<Duplex, ServerResponse[]>();

  function begin(queue: ServerResponse[], response: ServerResponse): void {
    const { req } = response;
    response.once('close', () => {
      queue.shift();
      const [next] = queue;
      // By now it has the connection, unless that ends with this answer.
      if (next?.socket?.destroyed === false) begin(queue, next);
      else queue.length = 0;
    });
    handle(req, response);
  }

  return {
    listener({ socket }, response) {
      let queue = queues.get(socket);
      if (queue === undefined) queues.set(socket, (queue = []));
      queue.push(response);
      if (queue.length === 1) begin(queue, response);
    },
    isAnswerDue(connection) {
      const queue = queues.get(connection) ?? [];
      return queue.some(({ headersSent, req }) => headersSent || req.complete);
    },
  };
}
