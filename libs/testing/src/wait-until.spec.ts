import { waitUntil } from './wait-until';

describe('waitUntil', () => {
  it('returns what the predicate returned once that is truthy', async () => {
    const answers = [0, null, 'there'];
    await expect(waitUntil(() => answers.shift(), { intervalMs: 1 })).resolves.toBe('there');
  });

  it('takes an error for "not yet" and names the last one as the cause', async () => {
    const waiting = waitUntil(() => Promise.reject(new Error('refused')), {
      timeoutMs: 20,
      intervalMs: 1,
      message: () => 'the server',
    });
    await expect(waiting).rejects.toMatchObject({
      message: 'waited 20 ms for the server',
      cause: expect.objectContaining({ message: 'refused' }),
    });
  });
});
