import type { Principal, TokenVerifier } from './create-token-verifier';

export interface VerifiedTokens {
  /** Whose token this is, where it was seen to be good a moment ago. */
  recall(token: string): Principal | undefined;
  /** Remembers what is good. */
  readonly verify: TokenVerifier;
}

interface Remembered {
  readonly principal: Principal;
  readonly untilMs: number;
}

const MAX_TOKENS = 1_000;
/** So long may a key that was withdrawn go on to be believed. */
const MAX_AGE_MS = 30_000;

/**
 * Clients send one token with many requests, and its signature costs as much as the rest of a small
 * request. A token that was good is good until it ends, for half a minute at most; what was refused
 * is looked at again every time.
 */
export function rememberVerifiedTokens(
  verify: TokenVerifier,
  now: () => number = Date.now,
): VerifiedTokens {
  const remembered = new Map<string, Remembered>();

  function recall(token: string): Principal | undefined {
    const known = remembered.get(token);
    if (known === undefined) return undefined;
    if (now() < known.untilMs) return known.principal;
    remembered.delete(token);
    return undefined;
  }

  function forgetOldest(): void {
    const oldest = remembered.keys().next();
    if (oldest.done !== true) remembered.delete(oldest.value);
  }

  return {
    recall,
    async verify(token) {
      const known = recall(token);
      if (known !== undefined) return known;
      const principal = await verify(token);
      const untilMs = Math.min(principal.expiresAtMs, now() + MAX_AGE_MS);
      if (remembered.size >= MAX_TOKENS) forgetOldest();
      remembered.set(token, { principal, untilMs });
      return principal;
    },
  };
}
