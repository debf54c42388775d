import { AppError } from '@inventory-events/errors';
import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyOptions,
} from 'jose';

export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Principal {
  readonly subject: string | undefined;
  readonly roles: readonly Role[];
  /** Epoch ms; for what outlives the request, such as a stream. */
  readonly expiresAtMs: number;
}

export type TokenKey =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'jwks'; readonly url: string };

export interface TokenVerifierOptions {
  readonly key: TokenKey;
  /** Checked when set. */
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

export type TokenVerifier = (token: string) => Promise<Principal>;

/**
 * Without an explicit list jose accepts an HS256 token that is signed with the public key. Each kind
 * of key therefore has its own list, and no key has both kinds.
 */
const SECRET_ALGORITHMS = ['HS256'];
const JWKS_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384'];
const MAX_TOKEN_LENGTH = 8_192;
const CLOCK_TOLERANCE_SECONDS = 5;
const SUBJECT = /^[^\p{Cc}\p{Cs}]{1,255}$/u;

/** Throws UNAUTHENTICATED for a bad token and DEPENDENCY_UNAVAILABLE when the keys can't be had. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const verify = createSignatureCheck(options);
  return async (token) => {
    if (token.length > MAX_TOKEN_LENGTH) throw unauthenticated();
    let payload: JWTPayload;
    try {
      payload = await verify(token);
    } catch (error) {
      if (options.key.kind === 'jwks' && isKeyServerFailure(error)) {
        throw new AppError('DEPENDENCY_UNAVAILABLE', 'The signing keys are not available.', {
          cause: error,
        });
      }
      // The reason stays here: it would help nobody but a forger.
      throw unauthenticated(error);
    }
    return toPrincipal(payload);
  };
}

function createSignatureCheck(
  options: TokenVerifierOptions,
): (token: string) => Promise<JWTPayload> {
  const { key, issuer, audience } = options;
  const claims: JWTVerifyOptions = {
    // A token without an end could never be taken back.
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  if (key.kind === 'secret') {
    const secret = new TextEncoder().encode(key.secret);
    const verifyOptions = { ...claims, algorithms: SECRET_ALGORITHMS };
    return async (token) => (await jwtVerify(token, secret, verifyOptions)).payload;
  }
  const keySet = createRemoteJWKSet(new URL(key.url));
  const verifyOptions = { ...claims, algorithms: JWKS_ALGORITHMS };
  return async (token) => (await jwtVerify(token, keySet, verifyOptions)).payload;
}

function toPrincipal(payload: JWTPayload): Principal {
  const { sub } = payload;
  if (sub !== undefined && !isStorable(sub)) throw unauthenticated();
  const claimed: unknown = payload['roles'];
  const roles = Array.isArray(claimed) ? ROLES.filter((role) => claimed.includes(role)) : [];
  return { subject: sub, roles, expiresAtMs: (payload.exp ?? 0) * 1_000 };
}

/** What is done in its name is kept with it: text that PostgreSQL holds, of a bounded length. */
function isStorable(subject: unknown): boolean {
  return typeof subject === 'string' && SUBJECT.test(subject);
}

/** Everything that jose throws about the token is a JOSEError of a code of its own. */
function isKeyServerFailure(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return error instanceof errors.JWKSTimeout || error.code === errors.JOSEError.code;
}

function unauthenticated(cause?: unknown): AppError {
  return new AppError('UNAUTHENTICATED', 'The bearer token is not valid.', { cause });
}
