import { AppError } from '@inventory-events/errors';
import { waitUntil } from '@inventory-events/testing';
import { createClient, Metadata, Status } from 'nice-grpc';
import { HealthDefinition } from 'nice-grpc-server-health';
import type { Caller } from '../commands/caller';
import { ErrorInfo } from '../generated/google/rpc/error_details';
import { Status as StatusMessage } from '../generated/google/rpc/status';
import { as, createTestServer, type TestServer } from './testing/start-server';

const ID = '0193a1b2-0000-7000-8000-000000000001';
const LINE = { productId: ID, quantity: 1, orderId: ID };
const SERVING = 1;
const NOT_SERVING = 2;

let server: TestServer;

async function start(doubles: Parameters<typeof createTestServer>[0] = {}): Promise<TestServer> {
  server = await createTestServer(doubles);
  await server.service.start();
  return server;
}

afterEach(() => server.stop());

/** A use case that waits until it is let go. */
function createHeld() {
  let release: () => void = () => undefined;
  const callers: Caller[] = [];
  const released = new Promise<void>((resolve) => (release = resolve));
  return {
    callers,
    release: () => release(),
    async reserve(_request: unknown, caller: Caller): Promise<never> {
      callers.push(caller);
      await released;
      return { orderId: ID } as never;
    },
  };
}

describe('createGrpcServer: what a call goes through', () => {
  it.each([
    ['no token', Metadata(), Status.UNAUTHENTICATED],
    ['no bearer token', Metadata({ authorization: 'Basic abc' }), Status.UNAUTHENTICATED],
    ['a bad token', as('forged').metadata, Status.UNAUTHENTICATED],
    ['a token without a role', as('nobody').metadata, Status.PERMISSION_DENIED],
    ['a role that may only read', as('viewer').metadata, Status.PERMISSION_DENIED],
  ])('refuses %s', async (_what, metadata, code) => {
    const { stock } = await start();
    await expect(stock.reserveStock(LINE, { metadata })).rejects.toMatchObject({ code });
  });

  it('hands the use case who calls, and tells the correlation id', async () => {
    const held = createHeld();
    held.release();
    const { stock } = await start({ reservations: { reserve: held.reserve } });
    const given = '0193A1B2-0000-7000-8000-00000000000C';
    let told: string | undefined;
    const options = as('operator', { 'x-correlation-id': given, 'idempotency-key': 'k-1' });
    await stock.reserveStock(LINE, {
      ...options,
      onHeader: (header) => (told = header.get('x-correlation-id')),
    });
    expect(told).toBe(given.toLowerCase());
    expect(held.callers[0]).toMatchObject({
      subject: 'operator',
      transport: 'grpc',
      correlationId: told,
      idempotencyKey: 'k-1',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    });
  });

  it('refuses an idempotency key that is none', async () => {
    const { stock } = await start();
    const options = as('operator', { 'idempotency-key': 'k'.repeat(256) });
    await expect(stock.reserveStock(LINE, options)).rejects.toMatchObject({
      code: Status.INVALID_ARGUMENT,
    });
  });

  it('limits the calls of a subject, and the guesses of an address', async () => {
    const check = () => Promise.resolve({ available: true, lines: [] });
    const { stock, addresses } = await start({ perMinute: 2, availability: { check } });
    const call = (role: string) => stock.checkStock(LINE, as(role)).then(() => Status.OK);
    const codeOf = (role: string) => call(role).catch(({ code }: { code: Status }) => code);
    expect([await codeOf('viewer'), await codeOf('viewer'), await codeOf('viewer')]).toEqual([
      Status.OK,
      Status.OK,
      Status.RESOURCE_EXHAUSTED,
    ]);
    expect(await codeOf('operator')).toBe(Status.OK);
    expect([...addresses.hits.values()]).toEqual([]);
    for (let guess = 1; guess <= 20; guess += 1) {
      expect(await codeOf('forged')).toBe(Status.UNAUTHENTICATED);
    }
    expect(await codeOf('forged')).toBe(Status.RESOURCE_EXHAUSTED);
    expect(await codeOf('admin')).toBe(Status.OK);
  });

  it('answers what it did not expect without a word about it, and logs it', async () => {
    const reserve = () => Promise.reject(new Error('secret detail'));
    const { stock, logged, registry } = await start({ reservations: { reserve } });
    let details: Uint8Array | undefined;
    const answer = stock.reserveStock(LINE, {
      ...as('operator'),
      onTrailer: (trailer) => (details = trailer.get('grpc-status-details-bin')),
    });
    await expect(answer).rejects.toMatchObject({
      code: Status.INTERNAL,
      details: 'An unexpected error occurred.',
    });
    const [info] = StatusMessage.decode(details ?? new Uint8Array()).details;
    expect(ErrorInfo.decode(info?.value ?? new Uint8Array())).toMatchObject({
      reason: 'INTERNAL',
      domain: 'inventory-events',
    });
    expect(Buffer.from(details ?? []).toString('latin1')).not.toContain('secret');
    expect(logged.filter((line) => line.includes('secret detail'))).toHaveLength(1);
    expect(await registry.metrics()).toContain(
      'grpc_server_handled_total{method="inventory.stock.v1.StockService/ReserveStock",code="INTERNAL"} 1',
    );
  });

  it('logs no refusal, and answers those of document 003 as such', async () => {
    const reserve = () => Promise.reject(new AppError('INSUFFICIENT_STOCK', 'Too little.'));
    const { stock, inventory, logged } = await start({ reservations: { reserve } });
    await expect(stock.reserveStock(LINE, as('operator'))).resolves.toEqual({
      success: false,
      message: 'Too little.',
    });
    const lines = [{ item: { item: { $case: 'productId' as const, value: ID } }, quantity: 1 }];
    const order = { orderId: ID, lines };
    await expect(inventory.reserveStock(order, as('operator'))).rejects.toMatchObject({
      code: Status.FAILED_PRECONDITION,
    });
    expect(logged).toEqual([]);
  });

  it('tells the use case of a deadline that passes, and answers so', async () => {
    const held = createHeld();
    const { stock, registry } = await start({ reservations: { reserve: held.reserve } });
    const deadline = AbortSignal.timeout(100);
    const call = stock.reserveStock(LINE, { ...as('operator'), signal: deadline });
    await expect(call).rejects.toThrow();
    await waitUntil(() => held.callers[0]?.signal?.aborted === true);
    held.release();
    await waitUntil(async () => (await registry.metrics()).includes('code="CANCELLED"} 1'));
  });

  it('refuses 70 kB of metadata and goes on', async () => {
    const check = () => Promise.resolve({ available: true, lines: [] });
    const { stock, subjects } = await start({ availability: { check } });
    const big = as('viewer', { 'x-padding': 'p'.repeat(70_000) });
    await expect(stock.checkStock(LINE, big)).rejects.toMatchObject({
      code: Status.RESOURCE_EXHAUSTED,
    });
    expect(subjects.hits.size).toBe(0);
    await expect(stock.checkStock(LINE, as('viewer'))).resolves.toMatchObject({ available: true });
  });
});

describe('createGrpcServer: health', () => {
  it('says what readiness says, without a token, for every service', async () => {
    let isReady = false;
    const { channel } = await start({ isReady: () => Promise.resolve(isReady) });
    const health = createClient(HealthDefinition, channel);
    const statusOf = async (service: string) => (await health.check({ service })).status;
    expect(await statusOf('')).toBe(NOT_SERVING);
    isReady = true;
    await waitUntil(async () => (await statusOf('')) === SERVING);
    expect(await statusOf('inventory.v1.InventoryService')).toBe(SERVING);
    expect(await statusOf('inventory.stock.v1.StockService')).toBe(SERVING);
    await expect(health.check({ service: 'other' })).rejects.toMatchObject({
      code: Status.NOT_FOUND,
    });
  });

  it('tells its watchers that it stops, then ends them', async () => {
    const { channel, service } = await start();
    const health = createClient(HealthDefinition, channel);
    const seen: number[] = [];
    const watching = (async () => {
      for await (const { status } of health.watch({ service: '' })) seen.push(status);
    })();
    await waitUntil(() => seen.at(-1) === SERVING);
    const ended = expect(watching).rejects.toMatchObject({ code: Status.UNAVAILABLE });
    await service.stopIntake?.();
    await waitUntil(() => seen.at(-1) === NOT_SERVING);
    await service.drain?.(AbortSignal.timeout(5_000));
    await ended;
  });
});

describe('createGrpcServer: life', () => {
  it('answers what is under way when it stops, and takes nothing new', async () => {
    const held = createHeld();
    const { stock, service } = await start({ reservations: { reserve: held.reserve } });
    const call = stock.reserveStock(LINE, as('operator'));
    await waitUntil(() => held.callers.length === 1);
    await service.stopIntake?.();
    await expect(stock.reserveStock(LINE, as('operator'))).rejects.toMatchObject({
      code: Status.UNAVAILABLE,
    });
    const drained = service.drain?.(AbortSignal.timeout(10_000));
    held.release();
    await expect(call).resolves.toMatchObject({ success: true });
    await drained;
    expect(held.callers).toHaveLength(1);
  });

  it('cuts what is not answered when the time is up', async () => {
    const held = createHeld();
    const { stock, service } = await start({ reservations: { reserve: held.reserve } });
    const call = stock.reserveStock(LINE, as('operator'));
    call.catch(() => undefined);
    await waitUntil(() => held.callers.length === 1);
    await service.stopIntake?.();
    await service.drain?.(AbortSignal.timeout(50));
    await expect(call).rejects.toBeDefined();
  });

  it('fails to start on a port in use, and can be stopped all the same', async () => {
    const first = await createTestServer();
    await first.service.start();
    server = await createTestServer({ port: first.port });
    await expect(server.service.start()).rejects.toThrow();
    await server.stop();
    await first.stop();
  });

  it('may be stopped before, while and after it starts, twice', async () => {
    for (const stopAfter of ['nothing', 'begun', 'started']) {
      server = await createTestServer();
      const { service } = server;
      const starting = stopAfter === 'nothing' ? undefined : service.start();
      if (stopAfter === 'started') await starting;
      await Promise.all([server.stop(), server.stop()]);
      await starting;
      await service.start();
      await server.stop();
      const next = await createTestServer({ port: server.port });
      await next.service.start();
      await next.stop();
    }
  });
});
