import fc from 'fast-check';
import { status } from '@grpc/grpc-js';
import type { AbuseRecord } from '../../abuse-record';
import { callHttp2, openHttp2, toFrame } from '../../grpc/call-http2';
import { judgeCall } from '../../grpc/judge-call';
import { messageBytes } from '../../grpc/message-bytes';
import type { AbuseWorld } from '../../world/open-abuse-world';
import type { FuzzOptions } from '../fuzz-api';

const METHODS = [
  'inventory.v1.InventoryService/GetInventory',
  'inventory.v1.InventoryService/CheckAvailability',
  'inventory.v1.InventoryService/ReserveStock',
  'inventory.v1.InventoryService/CommitReservation',
  'inventory.v1.InventoryService/CancelReservation',
  'inventory.v1.InventoryService/UpdateStock',
  'inventory.stock.v1.StockService/CheckStock',
  'inventory.stock.v1.StockService/ReserveStock',
  'inventory.stock.v1.StockService/ReleaseStock',
  'grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
  'grpc.health.v1.Health/Check',
];
/** What the transport says of bytes that are no message; any other INTERNAL is a fault of ours. */
const NO_MESSAGE = /deserializ/i;

/** Messages that may be right, to every method. */
export async function fuzzCalls(
  { inventory, authority }: AbuseWorld,
  record: AbuseRecord,
  { seed, runs, knownIds }: FuzzOptions,
): Promise<void> {
  const headers = { authorization: `Bearer ${authority.sign()}` };
  const calls = fc.sample(fc.tuple(fc.constantFrom(...METHODS), messageBytes(knownIds)), {
    seed,
    numRuns: runs,
  });
  const session = openHttp2(inventory.grpcPort);
  for (const [method, bytes] of calls) {
    const subject = `${method} ${bytes.toString('hex').slice(0, 400)}`;
    const answer = await callHttp2(session, {
      path: `/${method}`,
      headers,
      frames: [toFrame(bytes)],
    });
    judgeCall(subject, answer, record);
    const { grpcStatus, message } = answer;
    if (grpcStatus === undefined) record.find('no answer', subject, 'the stream ended');
    if (grpcStatus === status.INTERNAL && !NO_MESSAGE.test(message)) {
      record.find('server fault', subject, message);
    }
  }
  session.destroy();
}
