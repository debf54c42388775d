import { AppError } from '@inventory-events/errors';

/** The token of an `Authorization` header, or of the metadata of that name. */
export function parseBearerToken(header: string | undefined): string {
  const match = header === undefined ? null : /^Bearer ([\w.~+/=-]+)$/i.exec(header.trim());
  const token = match?.[1];
  if (token === undefined) throw new AppError('UNAUTHENTICATED', 'A bearer token is needed.');
  return token;
}
