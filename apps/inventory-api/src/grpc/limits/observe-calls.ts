import { type ServerInterceptor, ServerInterceptingCall, status } from '@grpc/grpc-js';
import { Counter, Histogram, type Registry } from 'prom-client';

/**
 * `grpc_server_handled_total` by method and code, and how long it took. Nearest to the wire of all
 * interceptors, so that it sees what the others refuse. What the transport ends by itself, such as
 * a message over the limit, counts as CANCELLED, and as DEADLINE_EXCEEDED past the deadline.
 */
export function observeCalls(registry: Registry): ServerInterceptor {
  const handled = new Counter({
    name: 'grpc_server_handled_total',
    help: 'Calls that ended, by method and status code.',
    labelNames: ['method', 'code'] as const,
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'grpc_server_handling_seconds',
    help: 'Time from the first byte of a call to its status.',
    labelNames: ['method'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return ({ path }, call) => {
    const method = path.slice(1);
    const stop = duration.startTimer({ method });
    let isCounted = false;
    const count = (code: status): void => {
      if (isCounted) return;
      isCounted = true;
      stop();
      handled.inc({ method, code: status[code] });
    };
    return new ServerInterceptingCall(call, {
      start(next) {
        next({
          onCancel() {
            const isLate = Number(call.getDeadline()) <= Date.now();
            count(isLate ? status.DEADLINE_EXCEEDED : status.CANCELLED);
          },
        });
      },
      sendStatus(answer, next) {
        count(answer.code);
        next(answer);
      },
    });
  };
}
