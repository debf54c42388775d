import { status } from '@grpc/grpc-js';
import type { AbuseRecord } from '../abuse-record';
import { callHttp2, openHttp2, toFrame } from '../grpc/call-http2';
import { judgeCall } from '../grpc/judge-call';
import { sendRequest } from '../http/send-request';
import { forgeries, type Forgery } from '../tokens/forgeries';
import type { AbuseWorld } from '../world/open-abuse-world';

const CHECK = '/inventory.stock.v1.StockService/CheckStock';
/** So long nobody fetches the keys again for a token that names one that is not there. */
const COOLDOWN_MS = 30_000;

/** Every forgery at every door. */
export async function forgedTokens(world: AbuseWorld, record: AbuseRecord): Promise<void> {
  for (const forgery of forgeries) await tryForgery(world, forgery, record);
  judgeKeyRequests(world, record);
}

export async function tryForgery(
  world: AbuseWorld,
  { name, make, status: expected }: Forgery,
  record: AbuseRecord,
): Promise<void> {
  const headers = { authorization: `Bearer ${make(world.authority)}` };
  for (const { name: api, app } of world.targets) {
    const path = api === 'audit-api' ? '/api/v1/events' : '/api/v1/inventory';
    const answer = await sendRequest(app.port, { method: 'GET', path, headers });
    record.judge(`${name}, at ${api}`, answer, { status: expected });
  }
  const session = openHttp2(world.inventory.grpcPort);
  const frames = [toFrame(Buffer.alloc(0))];
  const answer = await callHttp2(session, { path: CHECK, headers, frames });
  session.destroy();
  judgeCall(`${name}, over gRPC`, answer, record);
  const code = expected === 401 ? status.UNAUTHENTICATED : status.PERMISSION_DENIED;
  if (answer.grpcStatus !== code) {
    record.find('let in', `${name}, over gRPC`, `${answer.grpcStatus} in place of ${status[code]}`);
  }
}

/** Nobody may make the APIs fetch what a token names, nor fetch the keys over and over. */
export function judgeKeyRequests({ authority, targets }: AbuseWorld, record: AbuseRecord): void {
  const forged = authority.requests('/forged');
  if (forged > 0) record.find('let in', 'jku', `its keys were fetched ${forged} times`);
  const keys = authority.requests('/keys');
  const most = targets.length * (2 + Math.floor(authority.ageMs() / COOLDOWN_MS));
  if (keys > most) {
    record.find('wrong answer', 'kid', `the keys were fetched ${keys} times, not ${most} at most`);
  }
}
