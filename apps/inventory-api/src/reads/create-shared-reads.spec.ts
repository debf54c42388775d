import { createSharedReads } from './create-shared-reads';

/** Reads that end when the test says so, each with what it was asked. */
function createHeldReads({ sessions = 1, maxKeys = 100 } = {}) {
  const begun: { keys: readonly string[]; end(error?: Error): void }[] = [];
  const ask = createSharedReads<string, string>({
    sessions,
    maxKeys,
    read: (keys) =>
      new Promise((resolve, reject) => {
        const answer = keys.map((key) => key.toUpperCase());
        begun.push({
          keys,
          end: (error) => (error === undefined ? resolve(answer) : reject(error)),
        });
      }),
  });
  return { begun, ask };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createSharedReads', () => {
  it('reads at once when idle, and together what is asked meanwhile', async () => {
    const { begun, ask } = createHeldReads();
    const first = ask(['a']);
    const second = ask(['b', 'c']);
    const third = ask(['c', 'a']);
    expect(begun.map(({ keys }) => keys)).toEqual([['a']]);
    begun[0]?.end();
    expect(await first).toEqual(['A']);
    await settled();
    // Asked again for `a`: what the first read saw may be old.
    expect(begun.map(({ keys }) => keys)).toEqual([['a'], ['b', 'c', 'a']]);
    begun[1]?.end();
    expect(await second).toEqual(['B', 'C']);
    expect(await third).toEqual(['C', 'A']);
  });

  it('asks for so much at once, and for more where one caller does', async () => {
    const { begun, ask } = createHeldReads({ maxKeys: 2 });
    const answers = [['a'], ['b'], ['c'], ['d', 'e', 'f'], ['g']].map(ask);
    for (let index = 0; index < 4; index += 1) {
      begun[index]?.end();
      await settled();
    }
    expect(begun.map(({ keys }) => keys)).toEqual([['a'], ['b', 'c'], ['d', 'e', 'f'], ['g']]);
    await Promise.all(answers);
  });

  it('keeps so many statements under way', () => {
    const { begun, ask } = createHeldReads({ sessions: 2 });
    ['a', 'b', 'c'].forEach((key) => void ask([key]));
    expect(begun).toHaveLength(2);
  });

  it('tells all who shared a read that it failed, and goes on', async () => {
    const { begun, ask } = createHeldReads();
    const first = ask(['a']);
    const shared = [ask(['b']), ask(['c'])];
    begun[0]?.end(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    begun[1]?.end();
    expect(await Promise.all(shared)).toEqual([['B'], ['C']]);
  });
});
