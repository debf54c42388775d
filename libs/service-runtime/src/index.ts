export { authEnv, requireOneAuthMethod, toTokenVerifierOptions } from './config/auth-env';
export { baseEnv } from './config/base-env';
export { ConfigError, type ConfigProblem } from './config/config-error';
export {
  envBoolean,
  envInteger,
  envLogLevel,
  envPort,
  envUrl,
  type EnvIntegerOptions,
} from './config/env-fields';
export { parseEnv } from './config/parse-env';
export {
  backoffDelayMs,
  createBackoff,
  type Backoff,
  type BackoffOptions,
} from './create-backoff';
export { createHeartbeat, type Heartbeat } from './lifecycle/create-heartbeat';
export { runMain } from './lifecycle/run-main';
export { runService, type RunningService, type RunServiceOptions } from './lifecycle/run-service';
export type { Service } from './lifecycle/service';
export { createLogger, type Logger, type LoggerOptions } from './observability/create-logger';
export { createMetrics } from './observability/create-metrics';
export {
  childTraceContext,
  childTraceparent,
  parseTraceparent,
  toTraceparent,
  type TraceContext,
} from './observability/trace-context';
export { authenticate, principalOf, requireRole } from './http/authenticate';
export {
  createTokenVerifier,
  ROLES,
  type Principal,
  type Role,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './http/create-token-verifier';
export { httpErrorHandler } from './http/http-error-handler';
export { toHttpStatus } from './http/http-status';
export { observeRequests } from './http/observe-requests';
export { parseRequest, type RequestPart } from './http/parse-request';
export {
  PROBLEM_CONTENT_TYPE,
  sendProblem,
  toProblem,
  type FieldError,
  type Problem,
} from './http/problem';
export { requestContext, requestContextOf, type RequestContext } from './http/request-context';
export { allowKnownMethods, notFound, refuseMalformedUrl } from './http/request-guards';
export { requireJsonBody, type JsonBodyOptions } from './http/require-json-body';
export { routeMethods, type RouteMethod } from './http/route-methods';
export { securityHeaders } from './http/security-headers';
