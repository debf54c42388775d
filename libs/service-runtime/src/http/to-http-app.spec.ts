import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { toHttpApp } from './to-http-app';

describe('toHttpApp', () => {
  let server: Server;

  async function ask(listener: (handle: RequestListener) => RequestListener): Promise<unknown> {
    const app = express();
    app.get('/things', (request, response) => {
      response.json({
        query: request.query,
        host: request.get('host'),
        isApp: response.app === app,
      });
    });
    const { handle, messages } = toHttpApp(app);
    server = createServer({ ...messages }, listener(handle)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/things?a=b`);
    expect(answer.status).toBe(200);
    return answer.json();
  }

  afterEach(() => server.close());

  it('makes requests and responses with what Express adds', async () => {
    const body = await ask((handle) => handle);
    const host = expect.stringContaining('127.0.0.1');
    expect(body).toEqual({ query: { a: 'b' }, host, isApp: true });
  });

  it('leaves nothing for Express to exchange', async () => {
    const prototypes: object[][] = [];
    await ask((handle) => (request, response) => {
      const prototypesOf = () =>
        [request, response].map((it) => Object.getPrototypeOf(it) as object);
      prototypes.push(prototypesOf());
      handle(request, response);
      prototypes.push(prototypesOf());
    });
    const [before, after] = prototypes;
    expect(after?.[0]).toBe(before?.[0]);
    expect(after?.[1]).toBe(before?.[1]);
  });
});
