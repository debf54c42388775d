import { createHmac } from 'node:crypto';

export const AUTH_JWT_SECRET = 'end-to-end-secret-of-at-least-32-characters';

export interface TokenClaims {
  readonly sub?: string;
  readonly roles?: unknown;
  readonly exp?: number;
  readonly alg?: string;
}

/** A token made by hand, so that it can be wrong in any way. */
export function signToken({ alg = 'HS256', ...claims }: TokenClaims, secret = AUTH_JWT_SECRET) {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const inFiveMinutes = Math.floor(Date.now() / 1000) + 300;
  const payload = { sub: 'e2e', exp: inFiveMinutes, ...claims };
  const signed = `${encode({ alg, typ: 'JWT' })}.${encode(payload)}`;
  const hash = alg === 'HS512' ? 'sha512' : 'sha256';
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}
