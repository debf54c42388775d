import fc from 'fast-check';
import type { AbuseRecord } from '../abuse-record';
import { sendRequest, type SentRequest } from '../http/send-request';
import { judgeAnswer } from '../http/judge-answer';
import { readDocument } from '../openapi/read-document';
import { requestOfOperation } from '../openapi/request-of-operation';
import type { Operation } from '../openapi/schema';
import type { AbuseWorld, Target } from '../world/open-abuse-world';

export interface FuzzOptions {
  readonly seed: number;
  readonly runs: number;
  readonly knownIds: readonly string[];
}

/** What the document does not tell of. */
const PAGES = [
  '/health',
  '/health/live',
  '/metrics',
  '/api/v1/openapi.json',
  '/api/v1/docs',
  '/api/v1/docs/start.js',
  '/api/v1/docs/swagger-ui.css',
].map((path): Operation => ({ method: 'GET', path, parameters: [], body: undefined }));

/** Requests made from the OpenAPI document; a finding comes with the smallest that shows it. */
export async function fuzzApi(
  { authority }: AbuseWorld,
  { app }: Target,
  record: AbuseRecord,
  { seed, runs, knownIds }: FuzzOptions,
): Promise<void> {
  const token = authority.sign();
  const described = await sendRequest(app.port, {
    method: 'GET',
    path: '/api/v1/openapi.json',
    headers: { authorization: `Bearer ${token}` },
  });
  const { operations, resolve } = readDocument(described?.text ?? '');
  const viewer = authority.sign({ roles: ['viewer'] });
  const tokens = [token, token, token, token, token, token, viewer];
  const requests = fc.oneof(
    ...[...operations, ...PAGES].map((each) =>
      requestOfOperation(each, { resolve, knownIds, tokens }),
    ),
  );
  const isFit = fc.asyncProperty(requests, async (request) => {
    const answer = await sendRequest(app.port, request);
    record.count(answer === undefined ? 'closed' : String(answer.status));
    if (answer === undefined) {
      if (mayClose(request)) return;
      throw new Error('no answer');
    }
    const [finding] = judgeAnswer('', answer, request.method);
    if (finding !== undefined) throw new Error(`${finding.verdict}: ${finding.detail}`);
  });
  const { failed, counterexample } = await fc.check(isFit, { seed, numRuns: runs });
  if (!failed || counterexample === null) return;
  const [request] = counterexample;
  record.judge(textOf(request), await sendRequest(app.port, request), { method: request.method });
}

/** An answer before the end of a long body can get lost when the connection ends with it. */
function mayClose({ body = '' }: SentRequest): boolean {
  return Buffer.byteLength(body) > 16_384;
}

function textOf({ method, path, headers, body }: SentRequest): string {
  const told = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'authorization'),
  );
  const content = body === undefined ? '' : ` ${body.toString().slice(0, 300)}`;
  return `${method} ${path.slice(0, 300)} ${JSON.stringify(told)}${content}`;
}
