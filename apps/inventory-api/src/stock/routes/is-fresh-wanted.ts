import type { Request } from 'express';

/** A client that must see the latest says so as HTTP has it: `Cache-Control: no-cache`. */
export function isFreshWanted(request: Request): boolean {
  return /(^|,)\s*no-cache\s*(,|$)/i.test(request.get('cache-control') ?? '');
}
