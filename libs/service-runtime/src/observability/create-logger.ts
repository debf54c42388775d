import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly name: string;
  readonly level: string;
  /** Where lines go; standard output when left out. */
  readonly destination?: DestinationStream;
}

const REDACTED_KEYS = [
  'password',
  'secret',
  'token',
  'authorization',
  'Authorization',
  'cookie',
  'connectionString',
];

/** `amqp://user:password@host` inside an error's message or stack. */
const URL_CREDENTIALS = /(:\/\/)[^/\s@]*@/g;

/** One JSON line per entry; components take `logger.child({ component })`. */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service: name },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: REDACTED_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: '[redacted]',
    },
    serializers: { err: withoutCredentials, error: withoutCredentials },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function withoutCredentials(error: unknown): unknown {
  const serialized: unknown = error instanceof Error ? stdSerializers.err(error) : error;
  return maskDeep(serialized, 0);
}

function maskDeep(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(URL_CREDENTIALS, '$1[redacted]@');
  if (value === null || typeof value !== 'object' || depth > 3) return value;
  const masked: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) masked[key] = maskDeep(entry, depth + 1);
  return masked;
}
