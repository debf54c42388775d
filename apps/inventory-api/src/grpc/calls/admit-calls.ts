import { AppError } from '@inventory-events/errors';
import {
  childTraceContext,
  parseTraceparent,
  toTraceparent,
} from '@inventory-events/service-runtime';
import {
  hasRole,
  parseBearerToken,
  toCorrelationId,
  type Principal,
  type TokenVerifier,
} from '@inventory-events/service-runtime/http';
import type { CallContext, ServerMiddleware, ServerMiddlewareCall } from 'nice-grpc';
import type { Caller } from '../../commands/caller';
import type { CallLimits } from './call-limits';
import { CALL_ROLES } from './call-roles';
import { AUTHORIZATION, CORRELATION_ID, TRACEPARENT } from './metadata-keys';
import { parseIdempotencyKey } from './parse-idempotency-key';

export interface CallerContext {
  readonly caller: Caller;
}

export interface AdmissionOptions {
  readonly verifyToken: TokenVerifier;
  readonly limits: CallLimits;
}

/** Lets a call through with a valid token of the role it needs, and says who calls. */
export function admitCalls(options: AdmissionOptions): ServerMiddleware<CallerContext> {
  const { verifyToken, limits } = options;

  async function authenticate({ metadata, peer }: CallContext): Promise<Principal> {
    try {
      return await verifyToken(parseBearerToken(metadata.get(AUTHORIZATION)));
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') {
        await limits.countGuess(peer);
      }
      throw error;
    }
  }

  return async function* <Request, Response>(
    call: ServerMiddlewareCall<Request, Response, CallerContext>,
    context: CallContext,
  ) {
    const correlationId = toCorrelationId(context.metadata.get(CORRELATION_ID));
    context.header.set(CORRELATION_ID, correlationId);
    const principal = await authenticate(context);
    await limits.countCall(principal.subject, context.peer);
    assertRole(principal, call.method.path);
    const { metadata, signal } = context;
    // A deadline of a millisecond has passed by now: nothing needs to begin.
    if (signal.aborted) throw new AppError('TIMEOUT', 'The deadline passed before it began.');
    const caller: Caller = {
      subject: principal.subject,
      transport: 'grpc',
      correlationId,
      traceparent: toTraceparent(childTraceContext(parseTraceparent(metadata.get(TRACEPARENT)))),
      idempotencyKey: parseIdempotencyKey(metadata),
      signal,
    };
    return yield* call.next(call.request, { caller, ...context });
  };
}

function assertRole(principal: Principal, path: string): void {
  const role = CALL_ROLES.get(path);
  if (role === undefined) throw new AppError('FORBIDDEN', 'Nobody may call this.');
  if (!hasRole(principal, role)) throw new AppError('FORBIDDEN', `This needs the role ${role}.`);
}
