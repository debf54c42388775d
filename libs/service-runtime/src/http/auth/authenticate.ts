import { AppError } from '@inventory-events/errors';
import type { RequestHandler, Response } from 'express';
import type { Principal, Role, TokenVerifier } from './create-token-verifier';
import { hasRole } from './has-role';
import { findBearerToken, parseBearerToken } from './parse-bearer-token';
import type { VerifiedTokens } from './remember-verified-tokens';

const PRINCIPAL = 'principal';

/** Knows a caller again by a token that was good a moment ago; refuses nobody. */
export function recognize({ recall }: VerifiedTokens): RequestHandler {
  return (request, response, next) => {
    const token = findBearerToken(request.headers.authorization);
    if (token !== undefined) response.locals[PRINCIPAL] = recall(token);
    next();
  };
}

/** For callers who were not recognized: the others pass by. */
export function forStrangers(handler: RequestHandler): RequestHandler {
  return (request, response, next) =>
    response.locals[PRINCIPAL] === undefined ? handler(request, response, next) : next();
}

/** Denies everything behind it without a valid bearer token. */
export function authenticate(verify: TokenVerifier): RequestHandler {
  return async (request, response, next) => {
    const { authorization } = request.headers;
    // Set for the refusal; taken back when there is none.
    const challenge = authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
    response.setHeader('WWW-Authenticate', challenge);
    response.locals[PRINCIPAL] = await verify(parseBearerToken(authorization));
    response.removeHeader('WWW-Authenticate');
    next();
  };
}

/** Behind `authenticate` only. */
export function requireRole(role: Role): RequestHandler {
  return (_request, response, next) => {
    if (!hasRole(principalOf(response), role)) {
      response.setHeader('WWW-Authenticate', 'Bearer error="insufficient_scope"');
      throw new AppError('FORBIDDEN', `This needs the role ${role}.`);
    }
    next();
  };
}

export function principalOf(response: Response): Principal {
  const principal = response.locals[PRINCIPAL] as Principal | undefined;
  if (principal === undefined) throw new AppError('UNAUTHENTICATED', 'A bearer token is needed.');
  return principal;
}
