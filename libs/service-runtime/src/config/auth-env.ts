import { z } from 'zod';
import { envUrl } from './env-fields';
import type { TokenVerifierOptions } from '../http/auth/create-token-verifier';

/** The variables of an app that checks bearer tokens. Spread into the app's `z.object({...})`. */
export function authEnv() {
  return {
    /** Checks tokens signed with HS256. This or AUTH_JWKS_URL, never both. */
    AUTH_JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    /** Public keys that tokens signed with RS256, ES256 and their relatives are checked with. */
    AUTH_JWKS_URL: envUrl('http', 'https').optional(),
    /** When set, `iss` of a token has to be this. */
    AUTH_JWT_ISSUER: z.string().optional(),
    /** When set, `aud` of a token has to contain this. */
    AUTH_JWT_AUDIENCE: z.string().optional(),
  };
}

export interface AuthEnv {
  readonly AUTH_JWT_SECRET?: string | undefined;
  readonly AUTH_JWKS_URL?: string | undefined;
  readonly AUTH_JWT_ISSUER?: string | undefined;
  readonly AUTH_JWT_AUDIENCE?: string | undefined;
}

/** Use as `.check(requireOneAuthMethod)`: there is no default and no way to switch the check off. */
export function requireOneAuthMethod(context: z.core.ParsePayload<AuthEnv>): void {
  const { AUTH_JWT_SECRET: secret, AUTH_JWKS_URL: jwksUrl } = context.value;
  if ((secret === undefined) !== (jwksUrl === undefined)) return;
  context.issues.push({
    code: 'custom',
    path: ['AUTH_JWT_SECRET'],
    message: 'set exactly one of AUTH_JWT_SECRET and AUTH_JWKS_URL',
    input: undefined,
  });
}

export function toTokenVerifierOptions(env: AuthEnv): TokenVerifierOptions {
  return {
    key:
      env.AUTH_JWKS_URL === undefined
        ? { kind: 'secret', secret: env.AUTH_JWT_SECRET ?? '' }
        : { kind: 'jwks', url: env.AUTH_JWKS_URL },
    issuer: env.AUTH_JWT_ISSUER,
    audience: env.AUTH_JWT_AUDIENCE,
  };
}
