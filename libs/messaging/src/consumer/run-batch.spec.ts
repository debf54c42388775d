import { AppError } from '@inventory-events/errors';
import fc from 'fast-check';
import { type BatchVerdicts, runBatch } from './run-batch';

const sqlError = (code: string) => Object.assign(new Error(`SQLSTATE ${code}`), { code });
const allGood = (batch: readonly unknown[]): BatchVerdicts => batch.map(() => undefined);

describe('runBatch', () => {
  const pauses: string[] = [];
  const pause = async (error: Error) => void pauses.push(error.message);
  const run = <T>(
    batch: readonly T[],
    handle: (batch: readonly T[]) => Promise<BatchVerdicts>,
    maxAttempts = 3,
  ) => runBatch(batch, { handle, maxAttempts, pause });

  beforeEach(() => void pauses.splice(0));

  it('passes verdicts through', async () => {
    const conflict = new AppError('EVENT_ID_CONFLICT', 'other body');
    expect(await run([1, 2], async () => [undefined, conflict])).toEqual([undefined, conflict]);
  });

  it('waits outages out, however long, without an attempt of the message', async () => {
    let calls = 0;
    const verdicts = await run([1], async (batch) => {
      calls += 1;
      if (calls <= 50) throw sqlError(calls % 2 ? '57P01' : '42P01');
      return allGood(batch);
    });
    expect(verdicts).toEqual([undefined]);
    expect(pauses).toHaveLength(50);
  });

  it('finds the culprits of a permanent failure and lets all others through once', async () => {
    const scenario = fc
      .integer({ min: 1, max: 64 })
      .chain((size) => fc.tuple(fc.constant(size), fc.subarray([...new Array(size).keys()])));
    await fc.assert(
      fc.asyncProperty(scenario, async ([size, culprits]) => {
        const applied: number[] = [];
        const verdicts = await run([...new Array(size).keys()], async (batch) => {
          if (batch.some((each) => culprits.includes(each))) throw sqlError('22021');
          applied.push(...batch);
          return allGood(batch);
        });
        const dead = verdicts.flatMap((verdict, index) => (verdict ? [index] : []));
        expect(dead).toEqual(culprits);
        expect(verdicts.every((verdict) => !verdict || verdict.code === 'INVALID_MESSAGE')).toBe(
          true,
        );
        expect(applied).toEqual([...new Array(size).keys()].filter((i) => !culprits.includes(i)));
      }),
    );
  });

  it('gives an unknown failure its attempts, then up', async () => {
    let alone = 0;
    const verdicts = await run(['good', 'bad'], async (batch) => {
      if (!batch.includes('bad')) return allGood(batch);
      if (batch.length === 1) alone += 1;
      throw new TypeError('x is not a function');
    });
    expect(alone).toBe(3);
    expect(verdicts[0]).toBeUndefined();
    expect(verdicts[1]).toMatchObject({ code: 'ATTEMPTS_EXHAUSTED', details: { attempts: 3 } });
  });

  it('never takes a missing verdict for an ack', async () => {
    const verdicts = await run([1], async () => []);
    expect(verdicts[0]?.code).toBe('ATTEMPTS_EXHAUSTED');
  });

  it('ends when the consumer stops', async () => {
    const stopped = new Error('stopped');
    const running = runBatch([1], {
      handle: async () => Promise.reject(sqlError('08006')),
      maxAttempts: 1,
      pause: async () => Promise.reject(stopped),
    });
    await expect(running).rejects.toBe(stopped);
  });
});
