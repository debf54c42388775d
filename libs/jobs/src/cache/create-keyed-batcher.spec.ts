import { createKeyedBatcher } from './create-keyed-batcher';

/** Runs that end when the test says so. */
function controlledRuns() {
  const runs: { keys: string[]; finish(): void; fail(error: Error): void }[] = [];
  const run = (batch: ReadonlyMap<string, number>) =>
    new Promise<ReadonlyMap<string, string>>((resolve, reject) => {
      const answers = new Map([...batch].map(([key, input]) => [key, `${key}=${input}`]));
      runs.push({ keys: [...batch.keys()], finish: () => resolve(answers), fail: reject });
    });
  return { runs, run };
}

const merge = (earlier: number, later: number) => Math.max(earlier, later);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('createKeyedBatcher', () => {
  it('runs what is asked for in one turn together, each key once', async () => {
    const { runs, run } = controlledRuns();
    const batcher = createKeyedBatcher({ run, merge, batchSize: 10, sessions: 1 });
    const answers = [batcher.submit('a', 1), batcher.submit('b', 2), batcher.submit('a', 3)];
    await turn();
    expect(runs.map(({ keys }) => keys)).toEqual([['a', 'b']]);
    runs[0]?.finish();
    expect(await Promise.all(answers)).toEqual(['a=3', 'b=2', 'a=3']);
  });

  it('answers nobody with a run that had begun before the question', async () => {
    const { runs, run } = controlledRuns();
    const batcher = createKeyedBatcher({ run, merge, batchSize: 10, sessions: 1 });
    const first = batcher.submit('a', 1);
    await turn();
    const second = batcher.submit('a', 2);
    const third = batcher.submit('a', 1);
    await turn();
    expect(runs).toHaveLength(1);
    runs[0]?.finish();
    expect(await first).toBe('a=1');
    await turn();
    expect(runs).toHaveLength(2);
    runs[1]?.finish();
    expect(await Promise.all([second, third])).toEqual(['a=2', 'a=2']);
  });

  it('keeps to its sessions and the size of a batch', async () => {
    const { runs, run } = controlledRuns();
    const batcher = createKeyedBatcher({ run, merge, batchSize: 2, sessions: 2 });
    const answers = ['a', 'b', 'c', 'd', 'e'].map((key) => batcher.submit(key, 0));
    await turn();
    expect(runs.map(({ keys }) => keys)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    runs[1]?.finish();
    await turn();
    expect(runs[2]?.keys).toEqual(['e']);
    runs.forEach(({ finish }) => finish());
    await Promise.all(answers);
  });

  it('fails those of a run that fails, and goes on', async () => {
    const { runs, run } = controlledRuns();
    const batcher = createKeyedBatcher({ run, merge, batchSize: 10, sessions: 1 });
    const failing = expect(batcher.submit('a', 1)).rejects.toThrow('no');
    await turn();
    runs[0]?.fail(new Error('no'));
    await failing;
    const next = batcher.submit('a', 1);
    await turn();
    runs[1]?.finish();
    expect(await next).toBe('a=1');
  });

  it('answers undefined of what a run leaves out', async () => {
    const run = () => Promise.resolve(new Map<string, string>());
    const batcher = createKeyedBatcher({ run, merge, batchSize: 10, sessions: 1 });
    expect(await batcher.submit('a', 1)).toBeUndefined();
  });
});
