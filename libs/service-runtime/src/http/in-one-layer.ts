import type { RequestHandler } from 'express';

/** Handlers that every request passes, as one: Express looks at each layer of an app anew. */
export function inOneLayer(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request, response, next) => {
    let passed = 0;
    const step = (error?: unknown): void => {
      const handler = handlers[passed];
      passed += 1;
      if (error !== undefined || handler === undefined) next(error);
      else void handler(request, response, step);
    };
    step();
  };
}
