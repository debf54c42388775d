import { AppError } from '@inventory-events/errors';
import { rememberVerifiedTokens } from './remember-verified-tokens';

function createWorld(lifetimeMs: number) {
  const world = { nowMs: 1_000_000, checked: [] as string[] };
  const { verify, recall } = rememberVerifiedTokens(
    (token) => {
      world.checked.push(token);
      if (token === 'bad') return Promise.reject(new AppError('UNAUTHENTICATED', 'bad'));
      return Promise.resolve({
        subject: token,
        roles: [],
        expiresAtMs: 1_000_000 + lifetimeMs,
      });
    },
    () => world.nowMs,
  );
  return { world, verify, recall };
}

describe('rememberVerifiedTokens', () => {
  it('checks a token once in half a minute', async () => {
    const { world, verify } = createWorld(3_600_000);
    expect(await verify('a')).toBe(await verify('a'));
    expect((await verify('b')).subject).toBe('b');
    world.nowMs += 29_999;
    await verify('a');
    expect(world.checked).toEqual(['a', 'b']);
    world.nowMs += 1;
    await verify('a');
    expect(world.checked).toEqual(['a', 'b', 'a']);
  });

  it('believes no token longer than it is good', async () => {
    const { world, verify } = createWorld(5_000);
    await verify('a');
    world.nowMs += 5_000;
    await verify('a');
    expect(world.checked).toEqual(['a', 'a']);
  });

  it('recalls whose token it is, of those that it has seen to be good', async () => {
    const { world, verify, recall } = createWorld(5_000);
    expect(recall('a')).toBeUndefined();
    expect(recall('a')).toBeUndefined();
    const principal = await verify('a');
    expect(recall('a')).toBe(principal);
    await expect(verify('bad')).rejects.toThrow();
    expect(recall('bad')).toBeUndefined();
    world.nowMs += 5_000;
    expect(recall('a')).toBeUndefined();
  });

  it('remembers no refusal', async () => {
    const { world, verify } = createWorld(5_000);
    await expect(verify('bad')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(verify('bad')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(world.checked).toEqual(['bad', 'bad']);
  });

  it('remembers a thousand and forgets the oldest', async () => {
    const { world, verify } = createWorld(3_600_000);
    for (let index = 0; index <= 1_000; index += 1) await verify(`token-${index}`);
    await verify('token-1');
    await verify('token-0');
    expect(world.checked).toHaveLength(1_002);
  });
});
