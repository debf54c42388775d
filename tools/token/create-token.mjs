import { createHmac } from 'node:crypto';

const LIFETIME_SECONDS = 12 * 3600;

/** A bearer token (HS256) as an identity provider would issue it. */
export function createToken({ secret, roles, subject, now = Date.now() }) {
  const issuedAt = Math.floor(now / 1000);
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: subject, roles, iat: issuedAt, exp: issuedAt + LIFETIME_SECONDS };
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}
