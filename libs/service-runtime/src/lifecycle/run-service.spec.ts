import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import { createLogger } from '../observability/create-logger';
import { createMetrics } from '../observability/create-metrics';
import { runService, type ProcessPort, type RunServiceOptions } from './run-service';
import type { Service } from './service';

class FakeProcess extends EventEmitter implements ProcessPort {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
    this.emit('exited');
  }
}

const idle: Service = { name: 'idle', start: () => Promise.resolve() };

async function run(overrides: Partial<RunServiceOptions> = {}) {
  const processPort = new FakeProcess();
  const running = await runService({
    name: 'test-app',
    services: [idle],
    logger: createLogger({ name: 'test', level: 'silent' }),
    registry: createMetrics('test'),
    port: 0,
    host: '127.0.0.1',
    shutdownTimeoutMs: 2_000,
    processPort,
    ...overrides,
  });
  const get = (path: string) => fetch(`http://127.0.0.1:${running.port()}${path}`);
  return { running, processPort, get };
}

describe('runService', () => {
  it('serves health and metrics', async () => {
    const { running, get } = await run();
    for (const path of ['/health', '/health/live', '/health/ready', '/metrics?x=1']) {
      expect((await get(path)).status).toBe(200);
    }
    expect(await (await get('/metrics')).text()).toContain('process_cpu_seconds_total');
    const missing = await get('/nothing');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toBe('application/problem+json');
    await running.stop();
    await expect(get('/health')).rejects.toThrow();
  });

  it('is alive but not ready while a dependency is away', async () => {
    const away: Service = {
      ...idle,
      name: 'database',
      isReady: () => Promise.resolve(false),
      readinessDetail: () => 'connecting',
    };
    const { running, get } = await run({ services: [away] });
    expect((await get('/health/live')).status).toBe(200);
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      components: { database: { ready: false, detail: 'connecting' } },
    });
    await running.stop();
  });

  it('is not ready when a check throws or hangs, and not alive when a loop hangs', async () => {
    const throws: Service = {
      ...idle,
      name: 'throws',
      isReady: () => Promise.reject(new Error('x')),
    };
    const hung: Service = { ...idle, name: 'hung', isAlive: () => false };
    const { running, get } = await run({ services: [throws, hung] });
    expect((await get('/health/ready')).status).toBe(503);
    expect((await get('/health/live')).status).toBe(503);
    await running.stop();
  });

  it('answers not ready while it drains, then exits 0', async () => {
    let finishDrain: (() => void) | undefined;
    const draining: Service = {
      ...idle,
      name: 'draining',
      drain: () => new Promise((resolve) => (finishDrain = resolve)),
    };
    const { processPort, get } = await run({ services: [draining] });
    processPort.emit('SIGTERM', 'SIGTERM');
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ state: 'stopping' });
    const exited = once(processPort, 'exited');
    finishDrain?.();
    await exited;
    expect(processPort.exits).toEqual([0]);
    expect(processPort.eventNames()).toEqual([]);
  });

  it('exits at once on the second signal', async () => {
    const hung: Service = { ...idle, name: 'hung', drain: () => new Promise(() => undefined) };
    const { running, processPort } = await run({ services: [hung], shutdownTimeoutMs: 200 });
    processPort.emit('SIGTERM', 'SIGTERM');
    processPort.emit('SIGINT', 'SIGINT');
    expect(processPort.exits).toEqual([130]);
    await running.stop();
  });

  it('stops in order and exits 1 after an uncaught exception', async () => {
    const log: string[] = [];
    const service: Service = {
      ...idle,
      drain: () => Promise.resolve(void log.push('drain')),
      close: () => Promise.resolve(void log.push('close')),
    };
    const { processPort } = await run({ services: [service] });
    const exited = once(processPort, 'exited');
    processPort.emit('uncaughtException', new Error('nobody caught this'));
    processPort.emit('unhandledRejection', new Error('nor this'));
    await exited;
    expect(processPort.exits).toEqual([1]);
    expect(log).toEqual(['drain', 'close']);
  });

  it('exits 1 when a service can never start', async () => {
    const broken: Service = { ...idle, start: () => Promise.reject(new Error('port in use')) };
    const { running, processPort } = await run({ services: [broken] });
    await running.stop();
    if (processPort.exits.length === 0) await once(processPort, 'exited');
    expect(processPort.exits).toEqual([1]);
  });

  it('waits for requests under way and refuses new ones', async () => {
    let answer: (() => void) | undefined;
    const arrived = new EventEmitter();
    const { running, get } = await run({
      httpApp: {
        handle(_request, response) {
          answer = () => response.end('done');
          arrived.emit('request');
        },
      },
    });
    const isUnderWay = once(arrived, 'request');
    const slow = get('/slow');
    await isUnderWay;
    const stopped = running.stop();
    const refused = await get('/late');
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'SHUTTING_DOWN' });
    answer?.();
    expect(await (await slow).text()).toBe('done');
    await expect(stopped).resolves.toBe(true);
  });

  it('answers what the HTTP parser refuses with a problem document', async () => {
    const { running } = await run();
    const outgoing = request({
      port: running.port(),
      host: '127.0.0.1',
      path: '/health',
      headers: { 'x-large': 'x'.repeat(20_000) },
    });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [import('node:http').IncomingMessage];
    expect(response.statusCode).toBe(431);
    expect(response.headers['content-type']).toBe('application/problem+json');
    response.resume();
    await running.stop();
  });

  it('starts and stops again and again', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { running } = await run();
      await Promise.all([running.stop(), running.stop()]);
    }
  });
});
