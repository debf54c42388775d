import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { signToken } from './sign-token';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly json: unknown;
}

export interface CallOptions {
  /** GET, or POST where there is a body. */
  readonly method?: string;
  /** The role of the token; null sends none. */
  readonly role?: 'viewer' | 'operator' | 'admin' | null;
  readonly subject?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes out as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** Node's client sends any method and leaves the path as it is. */
export async function call(port: number, path: string, options: CallOptions = {}): Promise<Answer> {
  const { body, role = 'operator', subject = 'e2e', headers = {} } = options;
  const { method = body === undefined ? 'GET' : 'POST' } = options;
  const token = role === null ? undefined : signToken({ roles: [role], sub: subject });
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  outgoing.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
