import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import type { AbuseRecord } from '../../abuse-record';
import { callHttp2, type Http2Call, openHttp2, toFrame } from '../../grpc/call-http2';
import { judgeCall } from '../../grpc/judge-call';
import type { AbuseWorld } from '../../world/open-abuse-world';

const CHECK = '/inventory.stock.v1.StockService/CheckStock';
const REFLECTION = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo';
const MEGABYTE = 2 ** 20;
/** Bytes of a message that no schema knows: a field of wire type 2 that tells its length. */
const UNKNOWN_FIELD = Buffer.from('7a0568656c6c6f', 'hex');

interface Trick extends Partial<Http2Call> {
  readonly name: string;
  /** What it has to be; anything within the rules when left out. */
  readonly code?: status;
  readonly httpStatus?: number;
}

/** Calls that no client library would make, each on a connection of its own. */
export async function grpcTricks(
  { inventory, authority }: AbuseWorld,
  record: AbuseRecord,
): Promise<void> {
  const authorization = `Bearer ${authority.sign()}`;
  for (const { name, code, httpStatus, headers, ...call } of tricksOf(authorization)) {
    const session = openHttp2(inventory.grpcPort);
    const given = { authorization, ...headers };
    const answer = await callHttp2(session, { path: CHECK, ...call, headers: given });
    session.destroy();
    judgeCall(name, answer, record);
    if (code !== undefined && answer.grpcStatus !== code) {
      record.find('wrong answer', name, `${answer.grpcStatus} in place of ${status[code]}`);
    }
    if (httpStatus !== undefined && answer.httpStatus !== httpStatus) {
      record.find('wrong answer', name, `${answer.httpStatus} in place of ${httpStatus}`);
    }
  }
}

function tricksOf(authorization: string): readonly Trick[] {
  return [...messageTricks(), ...metadataTricks(authorization), ...pathTricks()];
}

function messageTricks(): readonly Trick[] {
  const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE));
  const gzip = { 'grpc-encoding': 'gzip' };
  const lie = Buffer.from([0, 0xff, 0xff, 0xff, 0xff]);
  const exhausted = status.RESOURCE_EXHAUSTED;
  return [
    { name: 'no message', frames: [] },
    { name: 'an empty message', frames: [toFrame(Buffer.alloc(0))], code: status.INVALID_ARGUMENT },
    { name: 'an unknown field', frames: [toFrame(UNKNOWN_FIELD)], code: status.INVALID_ARGUMENT },
    { name: 'two messages', frames: [toFrame(UNKNOWN_FIELD), toFrame(UNKNOWN_FIELD)] },
    { name: 'half a prefix', frames: [Buffer.from([0, 0])] },
    { name: 'half a message', frames: [toFrame(UNKNOWN_FIELD).subarray(0, 8)] },
    {
      name: 'half a message, then gone',
      frames: [toFrame(UNKNOWN_FIELD).subarray(0, 8)],
      reset: true,
    },
    { name: 'a length of 4 GB', frames: [lie, Buffer.alloc(100)], code: exhausted },
    {
      name: 'a message over the limit',
      frames: [toFrame(Buffer.alloc(MEGABYTE))],
      code: exhausted,
    },
    {
      name: '64 MB in 64 kB',
      headers: gzip,
      frames: [toFrame(bomb, { isCompressed: true })],
      code: exhausted,
    },
    {
      name: 'compressed garbage',
      headers: gzip,
      frames: [toFrame(UNKNOWN_FIELD, { isCompressed: true })],
    },
    { name: 'compressed by nothing', frames: [toFrame(UNKNOWN_FIELD, { isCompressed: true })] },
    {
      name: 'an unknown encoding',
      headers: { 'grpc-encoding': 'lzma' },
      frames: [toFrame(UNKNOWN_FIELD, { isCompressed: true })],
      code: status.UNIMPLEMENTED,
    },
    { name: 'an unknown flag', frames: [Buffer.from([9, 0, 0, 0, 0])] },
    { name: 'garbage to reflection', path: REFLECTION, frames: [toFrame(Buffer.alloc(64, 0xff))] },
  ];
}

function metadataTricks(authorization: string): readonly Trick[] {
  const frames = [toFrame(UNKNOWN_FIELD)];
  const unauthenticated = status.UNAUTHENTICATED;
  const timeouts = ['x', '', '-1S', '0n', '1.5S', '99999999999H', '99999999H', '1n', '00000001S'];
  return [
    ...timeouts.map((timeout): Trick => {
      return { name: `a deadline of "${timeout}"`, frames, headers: { 'grpc-timeout': timeout } };
    }),
    { name: 'no token', frames, headers: { authorization: '' }, code: unauthenticated },
    {
      name: 'two tokens in one',
      frames,
      headers: { authorization: `${authorization},${authorization}` },
    },
    {
      name: 'a scheme that is none',
      frames,
      headers: { authorization: 'Basic eA==' },
      code: unauthenticated,
    },
    { name: 'a huge token', frames, headers: { authorization: `Bearer ${'x'.repeat(14_000)}` } },
    { name: 'JSON', frames, headers: { 'content-type': 'application/json' }, httpStatus: 415 },
    { name: 'no content type', frames, headers: { 'content-type': '' }, httpStatus: 415 },
    {
      name: 'a correlation id of 8 kB',
      frames,
      headers: { 'x-correlation-id': 'x'.repeat(8_000) },
    },
    { name: 'an idempotency key that is none', frames, headers: { 'idempotency-key': 'a b' } },
    { name: 'bytes that are none', frames, headers: { 'x-padding-bin': '***' } },
    {
      name: '300 keys',
      frames,
      headers: Object.fromEntries(
        Array.from({ length: 300 }, (_, at) => [`x-${at}`, 'x'.repeat(40)]),
      ),
    },
  ];
}

function pathTricks(): readonly Trick[] {
  const service = '/inventory.stock.v1.StockService';
  const paths = ['/', '//', '/a', '/a/b', service, `${service}/`, `${service}/checkstock`];
  return [
    ...[...paths, `${service}/constructor`, '/__proto__/toString', `/${'x'.repeat(8_000)}`].map(
      (path): Trick => ({
        name: `the method ${path.slice(0, 50)}`,
        path,
        frames: [toFrame(UNKNOWN_FIELD)],
        code: status.UNIMPLEMENTED,
      }),
    ),
    { name: 'GET', headers: { ':method': 'GET' } },
    { name: 'CONNECT-like', headers: { ':method': 'DELETE' }, frames: [toFrame(UNKNOWN_FIELD)] },
  ];
}
