import { randomBytes } from 'node:crypto';

/** W3C Trace Context, as carried by the `traceparent` header of HTTP requests and AMQP messages. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NIL_TRACE_ID = '0'.repeat(32);
const NIL_SPAN_ID = '0'.repeat(16);

/** Undefined for anything that the specification calls invalid; a header is never trusted. */
export function parseTraceparent(header: unknown): TraceContext | undefined {
  if (typeof header !== 'string' || header.length > 256) return undefined;
  const match = TRACEPARENT.exec(header);
  if (match === null) return undefined;
  const [, version, traceId = '', spanId = '', flags = '', rest] = match;
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (traceId === NIL_TRACE_ID || spanId === NIL_SPAN_ID) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function toTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/** The same trace with a span id of its own, or a new trace where there is no parent. */
export function childTraceContext(parent?: TraceContext): TraceContext {
  return {
    traceId: parent?.traceId ?? randomHex(16),
    spanId: randomHex(8),
    sampled: parent?.sampled ?? true,
  };
}

const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);

/** Drawn from the system many at a time: every request needs some. */
function randomHex(bytes: number): string {
  if (pool.length < bytes) pool = randomBytes(POOL_BYTES);
  const drawn = pool.toString('hex', 0, bytes);
  pool = pool.subarray(bytes);
  return drawn;
}

/** What to send on: a child of the incoming header, or nothing when that is absent or invalid. */
export function childTraceparent(header: unknown): string | undefined {
  const parent = parseTraceparent(header);
  return parent === undefined ? undefined : toTraceparent(childTraceContext(parent));
}
