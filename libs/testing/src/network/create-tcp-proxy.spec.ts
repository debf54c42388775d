import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { waitUntil } from '../wait-until';
import { createTcpProxy, type TcpProxy } from './create-tcp-proxy';

describe('createTcpProxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  let received: string;
  let served: Socket | undefined;

  beforeEach(async () => {
    received = '';
    echo = createServer((socket) => {
      served = socket;
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received += chunk.toString();
        socket.write(chunk);
      });
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const { port } = echo.address() as AddressInfo;
    proxy = await createTcpProxy({ target: `tcp://127.0.0.1:${port}` });
  });
  afterEach(async () => {
    await proxy.close();
    echo.close();
  });

  async function open(): Promise<{ socket: Socket; text: () => string; closed: () => boolean }> {
    const socket = connect(proxy.port, '127.0.0.1');
    let text = '';
    let closed = false;
    socket.on('error', () => undefined);
    socket.on('close', () => (closed = true));
    socket.on('data', (chunk) => (text += chunk.toString()));
    await once(socket, 'connect');
    return { socket, text: () => text, closed: () => closed };
  }

  it('hands on both directions', async () => {
    const { socket, text } = await open();
    socket.write('hello');
    await waitUntil(() => text() === 'hello');
    socket.end();
    await waitUntil(() => proxy.connectionCount() === 0);
  });

  it('puts itself into a URL', () => {
    expect(proxy.through('amqp://u:p@example.test:5672/vhost')).toBe(
      `amqp://u:p@127.0.0.1:${proxy.port}/vhost`,
    );
  });

  it('cuts what is open and accepts again', async () => {
    const first = await open();
    await waitUntil(() => proxy.connectionCount() === 1);
    proxy.cut();
    await waitUntil(first.closed);
    const second = await open();
    second.socket.write('again');
    await waitUntil(() => second.text() === 'again');
  });

  it('refuses until it accepts', async () => {
    await proxy.refuse();
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.accept();
    const { socket, text } = await open();
    socket.write('back');
    await waitUntil(() => text() === 'back');
  });

  it('holds everything back while paused, and then hands it on', async () => {
    const { socket, text, closed } = await open();
    proxy.pause();
    socket.write('late');
    const started = performance.now();
    await expect(waitUntil(() => received !== '', { timeoutMs: 100 })).rejects.toThrow('waited');
    expect(closed()).toBe(false);
    proxy.resume();
    await waitUntil(() => text() === 'late');
    expect(performance.now() - started).toBeGreaterThanOrEqual(100);
  });

  it('delays', async () => {
    const { socket, text } = await open();
    proxy.delay(60);
    const started = performance.now();
    socket.write('slow');
    await waitUntil(() => text() === 'slow');
    expect(performance.now() - started).toBeGreaterThanOrEqual(119); // there and back
  });

  it('leaves connections half-open: gone for the server, silent for the client', async () => {
    const { socket, text, closed } = await open();
    socket.write('before');
    await waitUntil(() => text() === 'before');
    const gone = once(served as Socket, 'close');
    proxy.abandon();
    await gone;
    socket.write('into the void');
    const other = await open();
    other.socket.write('new');
    await waitUntil(() => other.text() === 'new');
    expect(closed()).toBe(false);
    expect(received).toBe('beforenew');
    proxy.cut();
    await waitUntil(closed);
  });

  it('forgets rules', async () => {
    const { socket, text } = await open();
    void proxy.cutAfter({ direction: 'to-server', pattern: 'COMMIT' });
    proxy.forgetRules();
    socket.write('COMMIT');
    await waitUntil(() => text() === 'COMMIT');
  });

  it('cuts after so many bytes, before they arrive', async () => {
    const { socket, closed } = await open();
    const cut = proxy.cutAfter({ direction: 'to-server', bytes: 6 });
    socket.write('abc');
    await waitUntil(() => received === 'abc');
    socket.write('def');
    await cut;
    await waitUntil(closed);
    expect(received).toBe('abc');
  });

  it('cuts at the n-th time a pattern comes by, delivered or not', async () => {
    const { socket, closed, text } = await open();
    const cut = proxy.cutAfter({
      direction: 'to-server',
      pattern: 'COMMIT',
      occurrence: 2,
      deliver: true,
    });
    socket.write('COMMIT;COM');
    await waitUntil(() => text() === 'COMMIT;COM');
    socket.write('MIT');
    await cut;
    await waitUntil(closed);
    await waitUntil(() => received === 'COMMIT;COMMIT');
    expect(text()).toBe('COMMIT;COM');
  });
});
