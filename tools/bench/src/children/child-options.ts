export interface ChildOptions {
  amqpUrl: string;
  databaseUrl: string;
  queue: string;
  exchange: string;
  prefetch: number;
  batchSize: number;
  count: number;
  outstanding: number;
  port: number;
}

/** A benchmark hands its children everything as one JSON argument. */
export function readChildOptions(): ChildOptions {
  return JSON.parse(process.argv[2] ?? '{}') as ChildOptions;
}
