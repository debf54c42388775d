import { AppError } from '@inventory-events/errors';
import type { Request, RequestHandler, Response } from 'express';
import type { Principal, Role, TokenVerifier } from './create-token-verifier';

const PRINCIPAL = 'principal';

/** Includes: an admin may do what an operator may, an operator what a viewer may. */
const INCLUDED: Readonly<Record<Role, readonly Role[]>> = {
  viewer: ['viewer', 'operator', 'admin'],
  operator: ['operator', 'admin'],
  admin: ['admin'],
};

/** Denies everything behind it without a valid bearer token. */
export function authenticate(verify: TokenVerifier): RequestHandler {
  return async (request, response, next) => {
    // Set for the refusal; taken back when there is none.
    const hasHeader = request.headers.authorization !== undefined;
    response.setHeader('WWW-Authenticate', hasHeader ? 'Bearer error="invalid_token"' : 'Bearer');
    response.locals[PRINCIPAL] = await verify(bearerToken(request));
    response.removeHeader('WWW-Authenticate');
    next();
  };
}

/** Behind `authenticate` only. */
export function requireRole(role: Role): RequestHandler {
  return (_request, response, next) => {
    const { roles } = principalOf(response);
    if (!roles.some((held) => INCLUDED[role].includes(held))) {
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

function bearerToken(request: Request): string {
  const header = request.headers.authorization;
  const match = header === undefined ? null : /^Bearer ([\w.~+/=-]+)$/i.exec(header.trim());
  const token = match?.[1];
  if (token === undefined) throw new AppError('UNAUTHENTICATED', 'A bearer token is needed.');
  return token;
}
