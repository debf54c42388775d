import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { createScheduledJob, type ScheduledJob } from './create-scheduled-job';

const logger = pino({ level: 'silent' });
const redisUrl = process.env['REDIS_URL'] ?? '';

function countingJob(name: string, overrides: { redisUrl?: string; everyMs?: number } = {}) {
  const runs = new EventEmitter();
  let count = 0;
  const job = createScheduledJob({
    name,
    everyMs: 200,
    redisUrl,
    keyPrefix: `test:${name}`,
    logger,
    run: () => {
      count += 1;
      runs.emit('run');
      return Promise.resolve();
    },
    ...overrides,
  });
  return { job, runs, count: () => count };
}

async function stop(job: ScheduledJob): Promise<void> {
  await job.stopIntake();
  await job.drain(AbortSignal.timeout(1_000));
  await job.close();
}

async function dropKeys(name: string): Promise<void> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`test:${name}*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
}

describe('createScheduledJob', () => {
  const name = `job-${randomUUID()}`;
  afterAll(() => dropKeys(name));

  it('runs once per period among two replicas', async () => {
    const replicas = [countingJob(name), countingJob(name)];
    for (const { job } of replicas) await job.start();
    const startedAt = performance.now();
    const total = () => replicas.reduce((sum, { count }) => sum + count(), 0);
    while (total() < 5) await Promise.race(replicas.map(({ runs }) => once(runs, 'run')));
    const elapsedMs = performance.now() - startedAt;
    for (const { job } of replicas) await stop(job);
    // The first run is at once; two replicas that both ran would need half of the time.
    expect(elapsedMs).toBeGreaterThan(550);
  });

  it('runs by itself while Redis is away', async () => {
    const { job, runs } = countingJob('away', { redisUrl: 'redis://127.0.0.1:1' });
    await job.start();
    await once(runs, 'run');
    await once(runs, 'run');
    await stop(job);
  });

  it('puts back a scheduler that Redis lost', async () => {
    const lostName = `job-${randomUUID()}`;
    const { job, runs } = countingJob(lostName);
    await job.start();
    await once(runs, 'run');
    await dropKeys(lostName);
    await once(runs, 'run');
    await once(runs, 'run');
    await stop(job);
    await dropKeys(lostName);
  });

  it('runs where others take all jobs, and fail them for good or never end them', async () => {
    const takenName = `job-${randomUUID()}`;
    const settings = {
      prefix: `test:${takenName}`,
      connection: { url: redisUrl, maxRetriesPerRequest: null },
    };
    let taken = 0;
    const others = [
      new Worker(
        takenName,
        () => {
          taken += 1;
          throw new UnrecoverableError('failed for good');
        },
        settings,
      ),
      new Worker(takenName, () => new Promise(() => {}), settings),
    ];
    const { job, count } = countingJob(takenName, { everyMs: 50 });
    await job.start();
    const failing = others[0] as Worker;
    while (taken < 60) await once(failing, 'failed');
    // Beside what fell to it, one in ten periods is its own.
    expect(count()).toBeGreaterThanOrEqual(3);
    await stop(job);
    for (const other of others) await other.close(true);
    await dropKeys(takenName);
  });

  it('survives a run that fails, and aborts a run that does not end', async () => {
    const failures = new EventEmitter();
    let attempts = 0;
    let aborted = false;
    const job = createScheduledJob({
      name: 'failing',
      everyMs: 50,
      redisUrl: 'redis://127.0.0.1:1',
      logger,
      run: async (signal) => {
        attempts += 1;
        failures.emit('run');
        if (attempts < 3) throw new Error('fails');
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        aborted = true;
      },
    });
    await job.start();
    while (attempts < 3) await once(failures, 'run');
    await job.stopIntake();
    await job.drain(AbortSignal.abort());
    expect(aborted).toBe(true);
    await job.close();
  });

  it('may be stopped before its start, twice, and not started afterwards', async () => {
    const { job, count } = countingJob('never');
    await stop(job);
    await stop(job);
    await job.start();
    expect(count()).toBe(0);
  });
});
