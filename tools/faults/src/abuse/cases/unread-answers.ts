import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { AbuseRecord } from '../abuse-record';
import type { AbuseWorld } from '../world/open-abuse-world';

const REQUESTS = 500;
/** One that needs no token and is long. */
const PATH = '/api/v1/docs/swagger-ui-bundle.js';
const HELD_MS = 1_000;

/** Clients that ask for much at once, read nothing and leave. */
export async function unreadAnswers(
  { targets }: AbuseWorld,
  record: AbuseRecord,
  { count }: { readonly count: number },
): Promise<void> {
  const request = `GET ${PATH} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const sockets = targets.flatMap(({ app }) =>
    Array.from({ length: count }, () => {
      const socket = connect(app.port, '127.0.0.1').pause();
      socket.on('error', () => undefined); // it is cut below
      socket.write(request.repeat(REQUESTS));
      return socket;
    }),
  );
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  await delay(HELD_MS); // for the server to answer as much as it will
  for (const socket of sockets) {
    socket.destroy();
    record.count('left unread');
  }
}
