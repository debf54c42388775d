import { seedStock } from './world/seed-stock';
import { bodyLimits } from './cases/body-limits';
import { judgeKeyRequests, tryForgery } from './cases/forged-tokens';
import { fuzzApi } from './cases/fuzz-api';
import { fuzzCalls } from './cases/grpc/fuzz-calls';
import { grpcTricks } from './cases/grpc/grpc-tricks';
import { http2Floods } from './cases/grpc/http2-floods';
import { hurriedCalls } from './cases/grpc/hurried-calls';
import { rateLimits } from './cases/rate-limits';
import { rawTricks } from './cases/raw-tricks';
import { slowConnections } from './cases/slow-connections';
import { unreadAnswers } from './cases/unread-answers';
import type { AbuseCase, AbuseContext } from './abuse-case';
import { createAbuseRecord } from './abuse-record';
import { runAbuseCase } from './run-abuse-case';
import { forgeries } from './tokens/forgeries';
import { type AbuseWorld, openAbuseWorld } from './world/open-abuse-world';

let world: AbuseWorld;
let context: AbuseContext;

beforeAll(async () => {
  world = await openAbuseWorld();
  context = { world, knownIds: await seedStock(world), seed: 1, seconds: 1 };
}, 60_000);

afterAll(() => world.close());

describe('a forged token', () => {
  it.each(forgeries.map((forgery) => [forgery.name, forgery] as const))(
    '%s',
    async (_name, forgery) => {
      const record = createAbuseRecord();
      await tryForgery(world, forgery, record);
      expect(record.findings).toEqual([]);
    },
  );

  it('is nothing that keys are fetched for', () => {
    const record = createAbuseRecord();
    judgeKeyRequests(world, record);
    expect(record.findings).toEqual([]);
  });
});

/** A selection; `npm run faults -- abuse` has more of each, and goes on as long as is wanted. */
describe('abuse', () => {
  const cases: readonly (readonly [string, AbuseCase['run']])[] = [
    [
      'by fuzzed requests beside slow and silent clients',
      async ({ knownIds, seed }, record) => {
        const slow = slowConnections(world, record, { kinds: ['silence', 'head'], count: 100 });
        for (const target of world.targets) {
          await fuzzApi(world, target, record, { seed, runs: 100, knownIds });
        }
        await slow;
      },
    ],
    [
      'by raw HTTP',
      async (_, record) => {
        for (const target of world.targets) await rawTricks(world, target, record);
      },
    ],
    ['by bodies at the limit', (_, record) => bodyLimits(world, record)],
    ['by floods', (_, record) => rateLimits(world, record)],
    [
      'by fuzzed calls',
      ({ knownIds, seed }, record) => fuzzCalls(world, record, { seed, runs: 200, knownIds }),
    ],
    ['by odd gRPC', (_, record) => grpcTricks(world, record)],
    ['by floods of HTTP/2', (_, record) => http2Floods(world, record, { count: 500 })],
    ['by hurried calls', (_, record) => hurriedCalls(world, record, { count: 100 })],
    ['by answers left unread', (_, record) => unreadAnswers(world, record, { count: 5 })],
  ];

  it.each(cases)(
    '%s is borne',
    async (_name, run) => {
      const { findings } = await runAbuseCase({ run }, context);
      expect(findings).toEqual([]);
    },
    60_000,
  );
});
