import type { AbuseRecord } from '../abuse-record';
import { sendRaw } from '../http/send-raw';
import type { AbuseWorld, Target } from '../world/open-abuse-world';

type Trick = readonly [name: string, bytes: string | Buffer];

const LONG = 20_000;
const MANY = 200;

/** What no client library would send. An answer has to be in order; a closed connection is one. */
export async function rawTricks(
  { authority }: AbuseWorld,
  { app }: Target,
  record: AbuseRecord,
): Promise<void> {
  const tricks = tricksOf(authority.sign());
  for (const [name, bytes] of tricks) {
    const answers = await sendRaw(app.port, bytes);
    if (answers === undefined) record.find('held up', name, 'the connection stays open');
    else if (answers.length === 0) record.judge(name, undefined, { mayClose: true });
    for (const answer of answers ?? []) record.judge(name, answer);
    if (isAnsweredTwice(name, answers?.length ?? 0)) {
      record.find('wrong answer', name, `${answers?.length} answers to one request`);
    }
  }
}

/** A request in the body of another must stay there. */
function isAnsweredTwice(name: string, answers: number): boolean {
  return name.startsWith('smuggled') && answers > 1;
}

function tricksOf(token: string): Trick[] {
  const start = (method: string) => `${method} /api/v1/nothing HTTP/1.1\r\nHost: x\r\n`;
  const auth = `Authorization: Bearer ${token}\r\n`;
  const get = (fields: string, end = '\r\n') => `${start('GET')}${auth}${fields}${end}`;
  const post = (fields: string, body: string) => {
    return `${start('POST')}${auth}Content-Type: application/json\r\n${fields}\r\n${body}`;
  };
  return [
    ...framingTricks(post, `${start('GET')}\r\n`),
    ...lineTricks(get),
    ...requestLineTricks(auth),
    ['garbage', Buffer.alloc(1_000)],
    ['the hello of TLS', Buffer.from('16030100a5010000a10303', 'hex')],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['only line breaks', '\r\n'.repeat(1_000)],
    ['an unfinished head', start('GET')],
    ['an unfinished body', post('Content-Length: 10\r\n', '{')],
    [`${MANY} requests at once`, get('').repeat(MANY)],
    ['garbage behind a request', `${get('')}\0\0\0\0`],
  ];
}

function framingTricks(
  post: (fields: string, body: string) => string,
  inner: string,
): readonly Trick[] {
  const chunked = 'Transfer-Encoding: chunked\r\n';
  const none = '0\r\n\r\n';
  return [
    ['smuggled: length and chunks', post(`Content-Length: 4\r\n${chunked}`, `${none}${inner}`)],
    ['smuggled: chunks and length', post(`${chunked}Content-Length: 4\r\n`, `${none}${inner}`)],
    ['smuggled: chunks, encoded twice', post(`${chunked}${chunked}`, `${none}${inner}`)],
    ['smuggled: an unknown encoding', post(`Transfer-Encoding: x\r\n`, `${none}${inner}`)],
    ['smuggled: chunks not last', post('Transfer-Encoding: chunked, x\r\n', `${none}${inner}`)],
    ['smuggled: xchunked', post('Transfer-Encoding: xchunked\r\n', `${none}${inner}`)],
    ['smuggled: a blank before the colon', post('Transfer-Encoding : chunked\r\n', inner)],
    ['smuggled: a folded encoding', post('Transfer-Encoding:\r\n chunked\r\n', inner)],
    ['smuggled: two lengths', post('Content-Length: 0\r\nContent-Length: 9\r\n', inner)],
    ['smuggled: a list of lengths', post('Content-Length: 0, 9\r\n', inner)],
    ['smuggled: a signed length', post('Content-Length: +0\r\n', inner)],
    ['smuggled: a length below zero', post('Content-Length: -1\r\n', inner)],
    ['smuggled: a length in hex', post('Content-Length: 0x0\r\n', inner)],
    ['smuggled: a huge length', post(`Content-Length: ${'9'.repeat(30)}\r\n`, inner)],
    ['smuggled: a huge chunk', post(chunked, `ffffffffffffffffff\r\n${inner}`)],
    ['smuggled: a chunk below zero', post(chunked, `-1\r\n${inner}`)],
    ['smuggled: a chunk ended by a line feed', post(chunked, `0\n\n${inner}`)],
    ['long extensions of a chunk', post(chunked, `1;${'x'.repeat(LONG)}\r\na\r\n${none}`)],
    ['long trailers', post(chunked, `0\r\nX: ${'x'.repeat(LONG)}\r\n\r\n`)],
    ['a trailer that is a token', post(chunked, '0\r\nAuthorization: Bearer x\r\n\r\n')],
  ];
}

function lineTricks(get: (fields: string, end?: string) => string): readonly Trick[] {
  return [
    ['line feeds alone', get('').replaceAll('\r\n', '\n')],
    ['carriage returns alone', get('').replaceAll('\r\n', '\r')],
    ['a header without a colon', get('Nothing\r\n')],
    ['a header without a name', get(': x\r\n')],
    ['a header with a NUL', get('X: a\0b\r\n')],
    ['a folded header', get('X: a\r\n b\r\n')],
    ['a header of other bytes', Buffer.from(get('X: \xff\xfe\x80\r\n'), 'latin1')],
    ['a long header', get(`X: ${'x'.repeat(LONG)}\r\n`)],
    ['3 000 headers', get('X: x\r\n'.repeat(3_000))],
    [
      '1 500 different headers',
      get(Array.from({ length: 1_500 }, (_, at) => `A${at}:\r\n`).join('')),
    ],
    ['two hosts', get('Host: y\r\n')],
    ['two tokens, the second wrong', get('Authorization: Bearer x\r\n')],
    ['no host', get('').replace('Host: x\r\n', '')],
    ['a wonder expected', get('Expect: wonders\r\n')],
    ['an upgrade to WebSocket', get('Connection: Upgrade\r\nUpgrade: websocket\r\n')],
    ['an upgrade to h2c', get('Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n')],
    ['a connection of odd options', get('Connection: close, x, Authorization\r\n')],
  ];
}

function requestLineTricks(auth: string): readonly Trick[] {
  const line = (text: string): string => `${text}\r\nHost: x\r\n${auth}\r\n`;
  return [
    ['HTTP/0.9', 'GET /\r\n'],
    ['HTTP/1.0', line('GET / HTTP/1.0')],
    ['HTTP/9.9', line('GET / HTTP/9.9')],
    ['HTTP/11', line('GET / HTTP/11')],
    ['a method of small letters', line('get / HTTP/1.1')],
    ['a method that is none', line('SELL / HTTP/1.1')],
    ['CONNECT', line('CONNECT x:443 HTTP/1.1')],
    ['TRACE', line('TRACE / HTTP/1.1')],
    ['OPTIONS *', line('OPTIONS * HTTP/1.1')],
    ['GET *', line('GET * HTTP/1.1')],
    ['no path', line('GET HTTP/1.1')],
    ['a path without a slash', line('GET nothing HTTP/1.1')],
    ['another host in the path', line('GET http://elsewhere.example/ HTTP/1.1')],
    ['a port that is none in the path', line('GET http://x:99999999/ HTTP/1.1')],
    ['two slashes', line('GET //elsewhere.example/.. HTTP/1.1')],
    ['up and away', line('GET /api/v1/docs/../../../../etc/passwd HTTP/1.1')],
    ['up and away, encoded', line('GET /api/v1/docs/swagger-ui.css/%2e%2e%2f%2e%2e HTTP/1.1')],
    ['a backslash', line('GET /api/v1/docs\\..\\..\\x HTTP/1.1')],
    ['a blank in the path', line('GET /a b HTTP/1.1')],
    ['a fragment', line('GET /#x HTTP/1.1')],
    ['a path of other bytes', Buffer.from(line('GET /\xff\xfe HTTP/1.1'), 'latin1')],
    ['a long path', line(`GET /${'x'.repeat(LONG)} HTTP/1.1`)],
    ['a deep path', line(`GET ${'/x'.repeat(7_000)} HTTP/1.1`)],
    ['a long query', line(`GET /?${'a&'.repeat(7_000)} HTTP/1.1`)],
  ];
}
