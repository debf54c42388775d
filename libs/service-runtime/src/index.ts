export { authEnv, requireOneAuthMethod, toTokenVerifierOptions } from './config/auth-env';
export type { TokenVerifierOptions } from './http/auth/create-token-verifier';
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
export { backoffDelayMs, createBackoff, type Backoff, type BackoffOptions } from './create-backoff';
export { createHeartbeat, type Heartbeat } from './lifecycle/create-heartbeat';
export { runMain } from './lifecycle/run-main';
export { runService, type RunningService, type RunServiceOptions } from './lifecycle/run-service';
export type { Service } from './lifecycle/service';
export type { HttpApp } from './server/http-app';
export { createLogger, type Logger, type LoggerOptions } from './observability/create-logger';
export { createMetrics } from './observability/create-metrics';
export {
  childTraceContext,
  childTraceparent,
  parseTraceparent,
  toTraceparent,
  type TraceContext,
} from './observability/trace-context';
