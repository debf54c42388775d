import { createHmac } from 'node:crypto';
import { JWT_SECRET } from '../environment/app-environment';

const VALID_SECONDS = 3_600;

/** A bearer token that every app of a benchmark takes. */
export function benchToken(role: 'viewer' | 'operator'): string {
  const exp = Math.floor(Date.now() / 1000) + VALID_SECONDS;
  const unsigned = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: 'bench', roles: [role], exp },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${unsigned}.${createHmac('sha256', JWT_SECRET).update(unsigned).digest('base64url')}`;
}
