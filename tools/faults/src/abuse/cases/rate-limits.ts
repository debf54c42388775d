import type { AbuseRecord } from '../abuse-record';
import type { Answer } from '../http/answer';
import { callHttp2, openHttp2, toFrame } from '../grpc/call-http2';
import { judgeCall } from '../grpc/judge-call';
import { sendRequest } from '../http/send-request';
import type { AbuseWorld, Target } from '../world/open-abuse-world';
import { status } from '@grpc/grpc-js';

const PER_MINUTE = 50;
/** As many times as much may come from one address. */
const ADDRESS_FACTOR = 10;
const CHECK = '/inventory.stock.v1.StockService/CheckStock';

/**
 * Floods of one subject, and of guesses at tokens, on processes with a low limit. What is too much
 * for one API is none of the other's business, though they count in one Redis.
 */
export async function rateLimits(world: AbuseWorld, record: AbuseRecord): Promise<void> {
  const env = { RATE_LIMIT_PER_MINUTE: String(PER_MINUTE) };
  const targets = await Promise.all(world.targets.map(({ name }) => world.start(name, env)));
  for (const target of targets) await floodOfOne(world, target, record);
  for (const target of targets) await floodOfGuesses(target, record);
  await Promise.all(targets.map(({ app }) => app.stop()));
}

async function floodOfOne(
  { authority }: AbuseWorld,
  target: Target,
  record: AbuseRecord,
): Promise<void> {
  const { name } = target;
  const token = authority.sign({ sub: 'flood' });
  const answers = await Promise.all(
    Array.from({ length: 2 * PER_MINUTE }, () => get(target, token)),
  );
  for (const answer of answers) record.judge(`a flood at ${name}`, answer);
  const served = answers.filter((answer) => answer?.status === 200).length;
  if (served !== PER_MINUTE) {
    record.find('wrong answer', `a flood at ${name}`, `${served} served of ${PER_MINUTE} allowed`);
  }
  const other = await get(target, authority.sign({ sub: 'other' }));
  record.judge(`another subject at ${name}`, other, { status: 200 });
  if (target.grpcPort === undefined) return;
  const session = openHttp2(target.grpcPort);
  const call = (bearer: string) =>
    callHttp2(session, {
      path: CHECK,
      headers: { authorization: `Bearer ${bearer}` },
      frames: [toFrame(Buffer.alloc(0))],
    });
  const refused = await call(token);
  const admitted = await call(authority.sign({ sub: 'other' }));
  session.destroy();
  for (const answer of [refused, admitted]) judgeCall(`a flood at ${name}`, answer, record);
  const codes = [refused.grpcStatus, admitted.grpcStatus];
  if (codes[0] !== status.RESOURCE_EXHAUSTED || codes[1] !== status.INVALID_ARGUMENT) {
    record.find('wrong answer', `a flood at ${name}`, `codes ${codes.join(', ')} over gRPC`);
  }
}

/** Guessing ends, for an address as a whole. */
async function floodOfGuesses(target: Target, record: AbuseRecord): Promise<void> {
  const count = ADDRESS_FACTOR * PER_MINUTE;
  let refused: Answer | undefined;
  for (let guess = 0; guess < count && refused?.status !== 429; guess += 1) {
    refused = await get(target, `guess-${guess}`);
    record.judge(`guesses at ${target.name}`, refused);
  }
  if (refused?.status !== 429) {
    record.find('wrong answer', `guesses at ${target.name}`, `${count} without an end`);
  }
}

function get({ name, app }: Target, token: string): Promise<Answer | undefined> {
  const path = name === 'audit-api' ? '/api/v1/events?limit=1' : '/api/v1/inventory?limit=1';
  const headers = { authorization: `Bearer ${token}` };
  return sendRequest(app.port, { method: 'GET', path, headers });
}
