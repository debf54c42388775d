import { pino, type DestinationStream, type Logger } from 'pino';

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

/** `amqp://user:password@host`, mostly in an error's message or stack. */
const URL_CREDENTIALS = /:\/\/[^/\s@"]*@/g;

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
    hooks: {
      streamWrite: (line: string) => line.replace(URL_CREDENTIALS, '://[redacted]@'),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
