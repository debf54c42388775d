import type { RequestHandler } from 'express';

/** Handlers that a request passes one after the other, as one: each layer of Express costs more. */
export function inOneLayer(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request, response, next) => {
    let passed = 0;
    const step = (error?: unknown): void => {
      const handler = handlers[passed];
      passed += 1;
      if (handler === undefined || (error !== undefined && error !== null)) {
        next(error);
        return;
      }
      try {
        const ended: unknown = handler(request, response, step);
        if (ended instanceof Promise) ended.catch(next);
      } catch (thrown) {
        next(thrown);
      }
    };
    step();
  };
}
