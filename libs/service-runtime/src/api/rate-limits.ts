import { AppError } from '@inventory-events/errors';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { principalOf } from '../http/auth/authenticate';

export interface RateLimitOptions {
  readonly perMinute: number;
  /** A store of its own for each limit. */
  createStore(name: string): Store;
}

export interface RateLimits {
  /** Before the token is checked, so that guessing tokens is limited too. */
  readonly byAddress: RequestHandler;
  /** Behind `authenticate`. */
  readonly bySubject: RequestHandler;
}

const WINDOW_MS = 60_000;
/** Many users may share an address. */
const ADDRESS_FACTOR = 10;

export function createRateLimits({ perMinute, createStore }: RateLimitOptions): RateLimits {
  const limit = (name: string, max: number, keyOf: (req: Request, res: Response) => string) =>
    rateLimit({
      windowMs: WINDOW_MS,
      limit: max,
      identifier: name,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      store: createStore(name),
      // The header is ignored on purpose where no proxy is trusted; that is nothing to print about.
      validate: { xForwardedForHeader: false },
      keyGenerator: keyOf,
      handler: (_request, _response, next) => {
        next(new AppError('RATE_LIMITED', 'Too many requests.'));
      },
    });
  return {
    byAddress: limit('address', perMinute * ADDRESS_FACTOR, addressOf),
    bySubject: limit('subject', perMinute, (request, response) => {
      return principalOf(response).subject ?? addressOf(request);
    }),
  };
}

function addressOf({ ip }: Request): string {
  return ip === undefined ? 'unknown' : toAddressKey(ip);
}

const IPV4_MAPPED = '::ffff:';

/** IPv6 callers own whole networks: a /56 is counted as one. IPv4 needs no parsing. */
export function toAddressKey(ip: string): string {
  const address = ip.startsWith(IPV4_MAPPED) ? ip.slice(IPV4_MAPPED.length) : ip;
  return address.includes(':') ? ipKeyGenerator(ip) : address;
}
