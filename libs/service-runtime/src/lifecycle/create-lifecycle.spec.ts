import { createLogger } from '../observability/create-logger';
import { createLifecycle } from './create-lifecycle';
import type { Service } from './service';

const logger = createLogger({ name: 'test', level: 'silent' });

function recordingService(name: string, log: string[], overrides: Partial<Service> = {}): Service {
  const step = (phase: string) => () => {
    log.push(`${name}.${phase}`);
    return Promise.resolve();
  };
  return {
    name,
    start: step('start'),
    stopIntake: step('stopIntake'),
    drain: step('drain'),
    close: step('close'),
    ...overrides,
  };
}

const lifecycleOf = (services: Service[], shutdownTimeoutMs = 1_000) =>
  createLifecycle({ services, logger, shutdownTimeoutMs });

describe('createLifecycle', () => {
  it('starts in order and stops in four phases, closing in reverse order', async () => {
    const log: string[] = [];
    const lifecycle = lifecycleOf([recordingService('a', log), recordingService('b', log)]);
    await lifecycle.start();
    expect(lifecycle.state).toBe('running');
    await expect(lifecycle.stop()).resolves.toBe(true);
    expect(log).toEqual([
      'a.start',
      'b.start',
      'a.stopIntake',
      'b.stopIntake',
      'a.drain',
      'b.drain',
      'b.close',
      'a.close',
    ]);
    expect(lifecycle.state).toBe('stopped');
  });

  it('may be stopped without having been started, and twice', async () => {
    const log: string[] = [];
    const lifecycle = lifecycleOf([recordingService('a', log)]);
    await expect(Promise.all([lifecycle.stop(), lifecycle.stop()])).resolves.toEqual([true, true]);
    await lifecycle.start();
    expect(log).toEqual([]);
  });

  it('stops what has begun when a stop comes during the start', async () => {
    const log: string[] = [];
    const hangs = recordingService('b', log, {
      start: () => {
        log.push('b.start');
        return new Promise(() => undefined);
      },
    });
    const lifecycle = lifecycleOf([recordingService('a', log), hangs, recordingService('c', log)]);
    void lifecycle.start();
    await Promise.resolve();
    await expect(lifecycle.stop()).resolves.toBe(true);
    expect(log).toContain('b.close');
    expect(log).not.toContain('c.start');
    expect(log).not.toContain('c.close');
  });

  it('goes on past a step that fails, and tells', async () => {
    const log: string[] = [];
    const failing = recordingService('b', log, {
      stopIntake: () => {
        throw new Error('sync failure');
      },
      close: () => Promise.reject(new Error('async failure')),
    });
    const lifecycle = lifecycleOf([recordingService('a', log), failing]);
    await lifecycle.start();
    await expect(lifecycle.stop()).resolves.toBe(false);
    expect(log).toEqual(expect.arrayContaining(['a.stopIntake', 'b.drain', 'a.close']));
  });

  it('aborts a drain that takes too long and still closes', async () => {
    const log: string[] = [];
    const slow = recordingService('slow', log, {
      drain: (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            log.push('slow.givenBack');
            resolve();
          });
        }),
    });
    const hung = recordingService('hung', log, { drain: () => new Promise(() => undefined) });
    const lifecycle = lifecycleOf([slow, hung], 200);
    await lifecycle.start();
    const startedAt = performance.now();
    await expect(lifecycle.stop()).resolves.toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(400);
    expect(log.slice(-3)).toEqual(['slow.givenBack', 'hung.close', 'slow.close']);
  });

  it('survives starts and stops in any interleaving', async () => {
    for (let round = 0; round < 300; round += 1) {
      const log: string[] = [];
      const tick = (turns: number) => async () => {
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      };
      const services = Array.from({ length: 3 }, (_, index) =>
        recordingService(`s${index}`, log, { start: tick((round * (index + 3)) % 7) }),
      );
      const lifecycle = lifecycleOf(services);
      const calls: Promise<unknown>[] = [];
      for (let call = 0; call < 6; call += 1) {
        calls.push((round >> call) % 2 === 0 ? lifecycle.start() : lifecycle.stop());
        await tick(round % 5)();
      }
      calls.push(lifecycle.stop());
      await Promise.all(calls);
      expect(lifecycle.state).toBe('stopped');
      for (const service of services) {
        const closes = log.filter((entry) => entry === `${service.name}.close`);
        expect(closes.length).toBeLessThanOrEqual(1);
      }
    }
  });
});
