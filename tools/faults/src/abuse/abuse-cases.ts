import type { AbuseCase } from './abuse-case';
import { bodyLimits } from './cases/body-limits';
import { forgedTokens } from './cases/forged-tokens';
import { fuzzApi } from './cases/fuzz-api';
import { fuzzCalls } from './cases/grpc/fuzz-calls';
import { grpcTricks } from './cases/grpc/grpc-tricks';
import { http2Floods } from './cases/grpc/http2-floods';
import { hurriedCalls } from './cases/grpc/hurried-calls';
import { rateLimits } from './cases/rate-limits';
import { rawTricks } from './cases/raw-tricks';
import { slowConnections } from './cases/slow-connections';
import { sustainedAbuse } from './cases/sustained-abuse';
import { unreadAnswers } from './cases/unread-answers';

const FUZZ_RUNS = 3_000;
const KINDS = ['silence', 'head', 'body', 'HTTP/2'] as const;

export const abuseCases: readonly AbuseCase[] = [
  {
    name: 'forged tokens',
    story:
      'no signature, the public key as a secret, foreign keys by every kid and header, ' +
      'other issuers, audiences and times, roles that are none',
    expected: '401, for good tokens without a role 403; no key is fetched for a token',
    run: ({ world }, record) => forgedTokens(world, record),
  },
  {
    name: 'fuzzed requests',
    story:
      'requests made from the OpenAPI documents, somewhere not as described: values, ' +
      'names, paths, methods, headers, encodings',
    expected: 'what holds of every answer',
    async run({ world, knownIds, seed }, record) {
      for (const target of world.targets) {
        await fuzzApi(world, target, record, { seed, runs: FUZZ_RUNS, knownIds });
      }
    },
  },
  {
    name: 'raw HTTP',
    story:
      'bytes that no client library sends: smuggled requests, broken lines, odd methods and paths',
    expected: 'one answer to a request, or the connection ends',
    async run({ world }, record) {
      for (const target of world.targets) await rawTricks(world, target, record);
    },
  },
  {
    name: 'bodies at the limit',
    story:
      'bodies of exactly as many bytes as a route takes and of one more, with length and in chunks',
    expected: 'not 413, and 413',
    run: ({ world }, record) => bodyLimits(world, record),
  },
  {
    name: 'floods',
    story: 'twice as many requests as a subject may send, then guesses at tokens from one address',
    expected:
      'as many as allowed are served, the rest 429 with Retry-After; another subject is served',
    run: ({ world }, record) => rateLimits(world, record),
  },
  {
    name: 'odd gRPC',
    story:
      'messages cut short, too long, lying about their length, 64 MB in 64 kB; metadata, ' +
      'deadlines and methods that are none',
    expected: 'the code for it, never UNKNOWN',
    run: ({ world }, record) => grpcTricks(world, record),
  },
  {
    name: 'fuzzed calls',
    story: 'messages to every method, of fields and values that may be right',
    expected: 'INTERNAL for nothing but bytes that are no message',
    run: ({ world, knownIds, seed }, record) =>
      fuzzCalls(world, record, { seed, runs: FUZZ_RUNS, knownIds }),
  },
  {
    name: 'HTTP/2 floods',
    story: 'frames that are none; thousands of resets, pings, settings and continuations',
    expected: 'health says SERVING after each',
    run: ({ world }, record) => http2Floods(world, record, { count: 3_000 }),
  },
  {
    name: 'hurried calls',
    story: '1 000 calls with a deadline of a millisecond, 1 000 whose caller leaves at once',
    expected: 'what holds of every answer',
    run: ({ world }, record) => hurriedCalls(world, record, { count: 1_000 }),
  },
  {
    name: 'slow clients',
    story:
      '300 connections of each kind at each port: silent, one header line after the ' +
      'other, one byte of a body after the other',
    expected: 'sent away after 10 s (408), bodies after 30 s, over HTTP/2 after 80 s',
    run: ({ world }, record) => slowConnections(world, record, { kinds: KINDS, count: 300 }),
  },
  {
    name: 'idle connections',
    story: '2 000 connections at each port of HTTP that say nothing',
    expected: 'sent away after 10 s, all others served meanwhile',
    run: ({ world }, record) =>
      slowConnections(world, record, { kinds: ['silence'], count: 2_000 }),
  },
  {
    name: 'unread answers',
    story:
      '50 connections at each port of HTTP that ask for a long answer 500 times, read ' +
      'nothing and leave',
    expected: 'all others served meanwhile',
    run: ({ world }, record) => unreadAnswers(world, record, { count: 50 }),
  },
  {
    name: 'all of it',
    story: 'all but the floods past the limit and the slow, again and again for `--seconds`',
    expected: 'idle again, the processes hold no more memory, files and handles than before',
    run: sustainedAbuse,
  },
];
