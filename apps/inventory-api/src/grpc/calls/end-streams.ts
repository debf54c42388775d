import { AppError } from '@inventory-events/errors';
import type { CallContext, ServerMiddleware, ServerMiddlewareCall } from 'nice-grpc';

/**
 * Ends the streams of a server that stops: a watcher would stay for ever, and the server with it.
 * Calls with one answer are left to finish.
 */
export function endStreams(stopping: AbortSignal): ServerMiddleware {
  return async function* <Request, Response>(
    call: ServerMiddlewareCall<Request, Response>,
    context: CallContext,
  ) {
    if (!call.responseStream) return yield* call.next(call.request, context);
    const answers = call.next(call.request, context)[Symbol.asyncIterator]();
    const stop = whenAborted(stopping);
    try {
      for (;;) {
        const next = await Promise.race([answers.next(), stop.promise]);
        if (next === undefined) throw new AppError('SHUTTING_DOWN', 'Going out of service.');
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      stop.forget();
    }
  };
}

/** Leaves no listener behind, unlike a race against one promise for all. */
function whenAborted(signal: AbortSignal): { promise: Promise<undefined>; forget(): void } {
  let onAbort: () => void = () => undefined;
  const promise = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  return { promise, forget: () => signal.removeEventListener('abort', onAbort) };
}
