import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { AbuseRecord } from '../abuse-record';
import { parseAnswers } from '../http/send-raw';

export interface SlowClients {
  /** What they are, for the report. */
  readonly name: string;
  readonly port: number;
  readonly count: number;
  /** Sent at once. */
  readonly head: string;
  /** Sent again and again, or nothing more. */
  readonly drip: string;
  /** By then every one of them must have been sent away. */
  readonly withinMs: number;
}

const DRIP_INTERVAL_MS = 500;
/** Connections made before the next ones: a backlog is no part of this. */
const BURST = 200;

interface SlowClient {
  readonly socket: Socket;
  text: string;
}

/** Clients that take their time for ever; passes when the API takes none for them. */
export async function slowClients(options: SlowClients, record: AbuseRecord): Promise<void> {
  const { name, withinMs, count, drip } = options;
  const open = new Set<SlowClient>();
  const deadline = performance.now() + withinMs;
  try {
    for (let made = 0; made < count; made += BURST) {
      const burst = Array.from({ length: Math.min(BURST, count - made) }, () => {
        return openSlowClient(options, open, record);
      });
      await Promise.all(burst);
    }
    while (open.size > 0 && performance.now() < deadline) {
      await delay(DRIP_INTERVAL_MS);
      for (const { socket } of open) if (drip !== '') socket.write(drip);
    }
    if (open.size > 0) {
      record.find('held up', name, `${open.size} of ${count} still there after ${withinMs} ms`);
    }
  } finally {
    for (const { socket } of open) socket.destroy();
  }
}

/** Resolves when it is connected, or can't be. */
function openSlowClient(
  { name, port, head }: SlowClients,
  open: Set<SlowClient>,
  record: AbuseRecord,
): Promise<void> {
  const client: SlowClient = { socket: connect(port, '127.0.0.1'), text: '' };
  const { socket } = client;
  open.add(client);
  return new Promise((resolve) => {
    socket.setEncoding('latin1').on('data', (chunk: string) => (client.text += chunk));
    socket.on('error', () => undefined); // its end follows
    socket.once('connect', () => {
      socket.write(head);
      resolve();
    });
    socket.once('close', () => {
      if (!open.delete(client)) return;
      const [answer] = parseAnswers(client.text);
      record.judge(name, answer, { mayClose: true });
      resolve();
    });
  });
}
