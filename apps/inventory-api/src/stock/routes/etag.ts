import { AppError } from '@inventory-events/errors';
import { z } from '@inventory-events/service-runtime/api';
import type { Response } from 'express';
import type { Inventory } from '../inventory';

const ETAG = /^(W\/)?"([\x21\x23-\x7e]*)"$/;
const VERSION = /^\d{1,15}$/;

/** For the `headers` of routes that change what a caller has seen. */
export const ifMatchHeaders = z.object({
  'if-match': z.string().optional().openapi({
    type: 'string',
    example: '"7"',
    description: 'The ETag of what was seen: refused with 412 when it was changed since.',
  }),
});

export function setETag(response: Response, { version }: Inventory): void {
  response.setHeader('ETag', `"${version}"`);
}

/**
 * The version that a request insists on; undefined for none or for any, `*`. By RFC 9110 a weak
 * ETag matches nothing here, and neither does one that this service didn't make.
 */
export function expectedVersionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, weak, opaque] = ETAG.exec(ifMatch.trim()) ?? [];
  if (opaque === undefined) {
    throw new AppError('INVALID_REQUEST', 'If-Match must be one ETag or *.', {
      details: [{ field: 'headers.if-match', message: 'must be one ETag or *' }],
    });
  }
  if (weak !== undefined || !VERSION.test(opaque)) {
    throw new AppError('PRECONDITION_FAILED', 'No version of the stock entry has this ETag.');
  }
  return Number(opaque);
}
