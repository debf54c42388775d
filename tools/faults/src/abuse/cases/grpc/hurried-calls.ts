import type { AbuseRecord } from '../../abuse-record';
import { callHttp2, openHttp2, toFrame } from '../../grpc/call-http2';
import { judgeCall } from '../../grpc/judge-call';
import type { AbuseWorld } from '../../world/open-abuse-world';

const CHECK = '/inventory.stock.v1.StockService/CheckStock';
const RESERVE = '/inventory.v1.InventoryService/ReserveStock';

/** Calls with a deadline of a millisecond, and calls whose caller is gone before the answer. */
export async function hurriedCalls(
  { inventory, authority }: AbuseWorld,
  record: AbuseRecord,
  { count }: { readonly count: number },
): Promise<void> {
  const session = openHttp2(inventory.grpcPort);
  const authorization = `Bearer ${authority.sign()}`;
  const frames = [toFrame(Buffer.alloc(0))];
  const calls = Array.from({ length: count }, (_, at) => {
    const path = at % 2 === 0 ? CHECK : RESERVE;
    const hurried = { authorization, 'grpc-timeout': '1m' };
    return [
      callHttp2(session, { path, frames, headers: hurried }),
      callHttp2(session, { path, frames, headers: { authorization }, reset: true }),
    ];
  }).flat();
  for (const answer of await Promise.all(calls)) judgeCall('a hurried call', answer, record);
  session.destroy();
}
