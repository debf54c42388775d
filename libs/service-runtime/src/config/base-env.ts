import { envInteger, envLogLevel, envPort } from './env-fields';

/** The variables that every app has. Spread into the app's own `z.object({...})`. */
export function baseEnv(defaults: { readonly port: number }) {
  return {
    PORT: envPort().default(defaults.port),
    LOG_LEVEL: envLogLevel().default('info'),
    /** From the first signal to the exit. Keep it below the pod's grace period. */
    SHUTDOWN_TIMEOUT_MS: envInteger({ min: 1_000, max: 600_000 }).default(20_000),
  };
}
