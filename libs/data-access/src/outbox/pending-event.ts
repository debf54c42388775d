import type { CustomTypesConfig } from 'pg';

/** An event that waits for its publication. */
export interface PendingEvent {
  readonly position: number;
  readonly partition: number;
  readonly itemId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly sequence: number;
  readonly routingKey: string;
  readonly correlationId: string;
  readonly payload: string;
  readonly traceparent: string | null;
  readonly createdAtMs: number;
  readonly attempts: number;
  /** By the database's clock: time left until it may be tried again, null when it never failed. */
  readonly retryInMs: number | null;
}

export const PENDING_EVENT_COLUMNS = `position, partition, item_id, event_id, event_type, sequence,
  routing_key, correlation_id, payload, traceparent,
  (extract(epoch FROM created_at) * 1000)::bigint AS created_ms, attempts,
  ceil(extract(epoch FROM next_attempt_at - clock_timestamp()) * 1000)::bigint AS retry_in_ms`;

export type PendingEventValues = readonly [
  position: number,
  partition: number,
  itemId: string,
  eventId: string,
  eventType: string,
  sequence: number,
  routingKey: string,
  correlationId: string,
  payload: string,
  traceparent: string | null,
  createdAtMs: number,
  attempts: number,
  retryInMs: number | null,
];

const INTEGER_OIDS: ReadonlySet<number> = new Set([20, 21, 23]);

/** Positions and sequences stay far below 2^53: numbers, where the driver's default is text. */
export const PENDING_EVENT_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number) => (INTEGER_OIDS.has(oid) ? Number : asText),
};

function asText(value: string): string {
  return value;
}

export function toPendingEvent(values: PendingEventValues): PendingEvent {
  return {
    position: values[0],
    partition: values[1],
    itemId: values[2],
    eventId: values[3],
    eventType: values[4],
    sequence: values[5],
    routingKey: values[6],
    correlationId: values[7],
    payload: values[8],
    traceparent: values[9],
    createdAtMs: values[10],
    attempts: values[11],
    retryInMs: values[12],
  };
}
