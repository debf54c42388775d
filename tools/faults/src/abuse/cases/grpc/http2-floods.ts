import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { ClientHttp2Session } from 'node:http2';
import { status } from '@grpc/grpc-js';
import type { AbuseRecord } from '../../abuse-record';
import { callHttp2, openHttp2, toFrame } from '../../grpc/call-http2';
import type { AbuseWorld } from '../../world/open-abuse-world';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const SETTINGS = frame(4, 0, 0, Buffer.alloc(0));
const CHECK = '/inventory.stock.v1.StockService/CheckStock';
const HEALTH = '/grpc.health.v1.Health/Check';
const SERVING = toFrame(Buffer.from([8, 1]));
/** So long an answer is waited for, where the connection isn't ended at once. */
const PATIENCE_MS = 500;

export interface FloodOptions {
  /** Streams, pings and the like on one connection. */
  readonly count: number;
}

/** What lies below gRPC: frames that are none, and too many of those that are. */
export async function http2Floods(
  { inventory, authority }: AbuseWorld,
  record: AbuseRecord,
  { count }: FloodOptions,
): Promise<void> {
  const { grpcPort } = inventory;
  const tricks = connectionTricks(count).map(async ([name, bytes]) => {
    record.count(await sendBytes(grpcPort, bytes));
    await expectServing(grpcPort, name, record);
  });
  await Promise.all(tricks);
  const headers = { authorization: `Bearer ${authority.sign()}` };
  const floods: readonly (readonly [string, (session: ClientHttp2Session) => Promise<unknown>])[] =
    [
      ['streams that are reset', (session) => resetStreams(session, count, headers)],
      ['pings', (session) => ping(session, count)],
      ['settings', (session) => changeSettings(session, count)],
    ];
  for (const [name, flood] of floods) {
    const session = openHttp2(grpcPort);
    await flood(session);
    session.destroy();
    record.count('flooded');
    await expectServing(grpcPort, `a flood of ${name}`, record);
  }
}

async function expectServing(port: number, name: string, record: AbuseRecord): Promise<void> {
  const session = openHttp2(port);
  const frames = [toFrame(Buffer.alloc(0))];
  const answer = await callHttp2(session, { path: HEALTH, frames });
  session.destroy();
  if (answer.grpcStatus !== status.OK || !answer.bytes.equals(SERVING)) {
    record.find('fell over', name, `health: ${answer.grpcStatus} ${answer.message}`);
  }
}

/** What is behind the preface: frames whose type, length, stream or content is wrong. */
function connectionTricks(count: number): readonly (readonly [string, Buffer])[] {
  const open = Buffer.concat([PREFACE, SETTINGS]);
  const after = (...frames: Buffer[]) => Buffer.concat([open, ...frames]);
  return [
    ['silence behind half a preface', PREFACE.subarray(0, 10)],
    ['noise', randomBytes(10_000)],
    ['noise behind the preface', Buffer.concat([PREFACE, randomBytes(10_000)])],
    ['a frame of 16 MB', after(Buffer.from('ffffff000000000001', 'hex'))],
    ['data of no stream', after(frame(0, 0, 0, Buffer.alloc(10)))],
    ['data of a stream that is not open', after(frame(0, 0, 5, Buffer.alloc(10)))],
    ['headers that are none', after(frame(1, 5, 1, randomBytes(500)))],
    ['headers of an even stream', after(frame(1, 5, 2, Buffer.from([0x82])))],
    ['headers without end', after(frame(1, 0, 1, Buffer.from([0x82])), ...continuations(count))],
    ['a window that overflows', after(frame(8, 0, 0, Buffer.from('7fffffff', 'hex')))],
    ['a window that grows by nothing', after(frame(8, 0, 0, Buffer.alloc(4)))],
    ['settings of half a size', after(frame(4, 0, 0, Buffer.alloc(5)))],
    ['a table of 4 GB', after(frame(4, 0, 0, Buffer.from('0001ffffffff', 'hex')))],
    ['a push promise', after(frame(5, 4, 1, Buffer.alloc(8)))],
    [
      'frames of unknown types',
      after(...Array<Buffer>(count).fill(frame(99, 0, 0, Buffer.alloc(8)))),
    ],
    ['empty data', after(...Array<Buffer>(count).fill(frame(0, 0, 1, Buffer.alloc(0))))],
  ];
}

/** A header block that goes on and on: `count` pieces of a kilobyte. */
function continuations(count: number): Buffer[] {
  const literal = Buffer.concat([
    Buffer.from([0x00, 0x01, 0x78, 0x7f, 0xe9, 0x06]),
    Buffer.alloc(1_000, 'x'),
  ]);
  return Array<Buffer>(count).fill(frame(9, 0, 1, literal));
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Sends bytes and leaves, unless the server has sent it away before. */
async function sendBytes(port: number, bytes: Buffer): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' }).setTimeout(PATIENCE_MS);
  let outcome = 'sent away';
  socket.on('error', () => undefined).resume(); // its end follows
  socket.on('timeout', () => {
    outcome = 'left';
    socket.destroy();
  });
  socket.write(bytes);
  await once(socket, 'close');
  return outcome;
}

async function resetStreams(
  session: ClientHttp2Session,
  count: number,
  headers: Record<string, string>,
): Promise<void> {
  const frames = [toFrame(Buffer.alloc(0))];
  for (let sent = 0; sent < count && !session.destroyed && !session.closed; sent += 100) {
    const calls = Array.from({ length: 100 }, () =>
      session.closed
        ? undefined
        : callHttp2(session, { path: CHECK, headers, frames, reset: true }),
    );
    await Promise.all(calls);
  }
}

async function ping(session: ClientHttp2Session, count: number): Promise<void> {
  for (let sent = 0; sent < count && !session.destroyed; sent += 1) {
    // Refused when too many are under way: that is enough.
    const isSent = session.ping(() => undefined);
    if (!isSent) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function changeSettings(session: ClientHttp2Session, count: number): Promise<void> {
  for (let sent = 0; sent < count && !session.destroyed && !session.closed; sent += 1) {
    session.settings({ initialWindowSize: 65_535 + sent });
    if (sent % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
