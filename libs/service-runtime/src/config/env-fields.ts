import { z } from 'zod';

export interface EnvIntegerOptions {
  readonly min?: number;
  readonly max?: number;
}

/** A whole number written in decimal digits; `1e3`, `0x10`, ` 5` and `5.0` are refused. */
export function envInteger({ min = 0, max = Number.MAX_SAFE_INTEGER }: EnvIntegerOptions = {}) {
  return z
    .string()
    .regex(/^-?\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
}

export function envPort() {
  return envInteger({ min: 0, max: 65_535 });
}

export function envBoolean() {
  return z
    .enum(['true', 'false', '1', '0'], 'must be true or false')
    .transform((value) => value === 'true' || value === '1');
}

/** A URL with one of the given schemes, e.g. `envUrl('amqp', 'amqps')`. */
export function envUrl(...schemes: readonly string[]) {
  return z
    .string('is required')
    .refine((value) => hasScheme(value, schemes), `must be a URL (${schemes.join(', ')})`);
}

export function envLogLevel() {
  return z.enum(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    'must be one of fatal, error, warn, info, debug, trace, silent',
  );
}

function hasScheme(value: string, schemes: readonly string[]): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return schemes.includes(url.protocol.slice(0, -1)) && url.hostname !== '';
}
