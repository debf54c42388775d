import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { createHealthReporter } from '../observability/create-health-reporter';
import { createLogger } from '../observability/create-logger';
import { createMetrics } from '../observability/create-metrics';
import { createServiceServer, type ServiceServer } from './create-service-server';

const SOMAXCONN = '/proc/sys/net/core/somaxconn';
const GARBAGE = 'GET\0/ NOTHING\r\n\r\n';

describe('a service server', () => {
  let server: ServiceServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function listen(handle: RequestListener): Promise<ServiceServer> {
    const reporter = createHealthReporter({
      service: 'test',
      services: [],
      state: () => 'running',
    });
    server = createServiceServer({
      port: 0,
      host: '127.0.0.1',
      reporter,
      registry: createMetrics('test'),
      logger: createLogger({ name: 'test', level: 'silent' }),
      httpApp: { handle },
    });
    await server.listen();
    return server;
  }
  /** Sends bytes; resolves with all that comes back until the server ends the connection. */
  async function exchange(text: string, handle: RequestListener = answerAll): Promise<string> {
    const { port } = await listen(handle);
    const socket = connect(port(), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.write(text);
    await once(socket, 'close');
    return answer;
  }

  /** As many as the system lets wait; 1 000 are enough to tell. */
  const BURST = existsSync(SOMAXCONN) ? Math.min(1_000, Number(readFileSync(SOMAXCONN))) : 100;

  it('lets a burst of clients wait for their turn, and sends none to ask again', async () => {
    const { port } = await listen(answerAll);
    const times: number[] = [];
    // Who is sent to ask again does so after a second, every time; a slow machine is slow at times.
    while (times.length < 3 && Math.min(...times) > 950) {
      const startedAt = performance.now();
      // None is taken before all have asked.
      const clients = Array.from({ length: BURST }, () => connect(port(), '127.0.0.1'));
      await Promise.all(clients.map((client) => once(client, 'connect')));
      times.push(performance.now() - startedAt);
      for (const client of clients) client.destroy();
    }
    expect(Math.min(...times)).toBeLessThan(950);
  });

  it('keeps an idle connection for longer than the proxies in front of it do', async () => {
    const { port } = await listen(answerAll);
    const { headers } = await fetch(`http://127.0.0.1:${port()}/`);
    expect(headers.get('keep-alive')).toBe('timeout=75');
  });

  const answerAll: RequestListener = (request, response) => {
    request.resume().on('end', () => response.end('done'));
  };
  const problem = (status: number) =>
    new RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json[^]*"code":"INVALID_REQUEST"`);

  describe('given what is no proper request', () => {
    it('is refused with a problem document', async () => {
      expect(await exchange(GARBAGE)).toMatch(problem(400));
    });

    it.each(['/things', '/health'])('names no host: 400 at %s', async (path) => {
      expect(await exchange(`GET ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`)).toMatch(
        problem(400),
      );
    });

    it('of HTTP/1.0 needs no host', async () => {
      expect(await exchange('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 [^]*done$/);
    });

    it('expects what nobody knows: 417', async () => {
      const head = 'GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n';
      expect(await exchange(head)).toMatch(problem(417));
    });

    it('has a body that breaks off in garbage: 400', async () => {
      const head = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
      expect(await exchange(`${head}zz\r\n`)).toMatch(problem(400));
    });

    it('is not taken for the answer of the request before it', async () => {
      const neverAnswered: RequestListener = () => undefined;
      const request = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n';
      expect(await exchange(`${request}${GARBAGE}`, neverAnswered)).toBe('');
    });

    it('does not stand in the middle of another answer', async () => {
      const halfAnswered: RequestListener = (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/plain' }).write('half');
      };
      const request = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
      const answer = await exchange(`${request}zz\r\n`, halfAnswered);
      expect(answer).toMatch(/^(HTTP\/1.1 200 [^]*half\r\n)?$/);
    });
  });

  describe('given many requests at once', () => {
    const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
    const last = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

    it('begins each when the one before it is answered', async () => {
      let underWay = 0;
      const seen: number[] = [];
      const answer = await exchange(request.repeat(4) + last, (_request, response) => {
        underWay += 1;
        seen.push(underWay);
        setImmediate(() => {
          underWay -= 1;
          response.end(`answer ${seen.length}`);
        });
      });
      expect(seen).toEqual([1, 1, 1, 1, 1]);
      expect(answer.match(/answer \d/g)).toEqual([1, 2, 3, 4, 5].map((at) => `answer ${at}`));
    });

    it('begins none behind the one that is to be the last', async () => {
      let begun = 0;
      await exchange(last + request.repeat(3), (_request, response) => {
        begun += 1;
        setImmediate(() => response.end('x'.repeat(1_000_000)));
      });
      expect(begun).toBe(1);
    });

    it('begins none for a client that has left, and its stop waits for none', async () => {
      let begun = 0;
      const { port, intake } = await listen((_request, response) => {
        begun += 1;
        client.destroy();
        response.once('close', () => response.end());
      });
      const client = connect(port(), '127.0.0.1');
      client.write(request.repeat(50));
      await once(client, 'close');
      await intake.stopIntake?.();
      const late = AbortSignal.timeout(2_000);
      await intake.drain?.(late);
      expect({ begun, isLate: late.aborted }).toEqual({ begun: 1, isLate: false });
    });
  });
});
