import { AppError } from '@inventory-events/errors';
import type { RequestHandler, Response } from 'express';
import type { Principal, Role, TokenVerifier } from './create-token-verifier';
import { hasRole } from './has-role';
import { parseBearerToken } from './parse-bearer-token';

const PRINCIPAL = 'principal';

/** Denies everything behind it without a valid bearer token. */
export function authenticate(verify: TokenVerifier): RequestHandler {
  return async (request, response, next) => {
    // Set for the refusal; taken back when there is none.
    const hasHeader = request.headers.authorization !== undefined;
    response.setHeader('WWW-Authenticate', hasHeader ? 'Bearer error="invalid_token"' : 'Bearer');
    response.locals[PRINCIPAL] = await verify(parseBearerToken(request.headers.authorization));
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
