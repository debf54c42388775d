import { createHmac } from 'node:crypto';

export const AUTH_JWT_SECRET = 'the secret of the outages, of at least 32 characters';
/** Also where the clock is hours ahead. */
const VALID_SECONDS = 6 * 3_600;

/** A token by which a shop may place orders. */
export function signOperatorToken(subject: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const exp = Math.floor(Date.now() / 1_000) + VALID_SECONDS;
  const signed = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: subject, roles: ['operator'], exp },
  ]
    .map(encode)
    .join('.');
  const signature = createHmac('sha256', AUTH_JWT_SECRET).update(signed).digest('base64url');
  return `${signed}.${signature}`;
}
