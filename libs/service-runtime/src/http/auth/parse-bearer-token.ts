import { AppError } from '@inventory-events/errors';

/** The token of an `Authorization` header, or of the metadata of that name. */
export function findBearerToken(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer ([\w.~+/=-]+)$/i.exec(header.trim())?.[1];
}

/** Throws UNAUTHENTICATED where there is none. */
export function parseBearerToken(header: string | undefined): string {
  const token = findBearerToken(header);
  if (token === undefined) throw new AppError('UNAUTHENTICATED', 'A bearer token is needed.');
  return token;
}
