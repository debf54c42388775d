import { type IncomingMessage, request } from 'node:http';
import type { Answer } from './answer';

export interface SentRequest {
  readonly method: string;
  /** As it goes over the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | undefined;
}

const TIMEOUT_MS = 20_000;

/** Over a connection of its own; undefined when that ended without an answer. */
export function sendRequest(port: number, sent: SentRequest): Promise<Answer | undefined> {
  const { method, path, body, headers } = sent;
  // Node sends neither length nor chunks with the body of a GET.
  const isFramed = 'transfer-encoding' in headers || 'content-length' in headers;
  const framing =
    body === undefined || isFramed ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { ...headers, ...framing },
      agent: false,
      timeout: TIMEOUT_MS,
    });
    outgoing.on('response', (response) => {
      readAnswer(response).then(resolve, () => resolve(undefined));
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  if (headers['content-type']?.startsWith('text/event-stream') === true) {
    response.destroy(); // it has no end
    return { status, headers, text: '' };
  }
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  return { status, headers, text };
}
