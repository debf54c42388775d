/**
 * Where a client of the stream stands: the `id:` of the last event it got. It is the event's id and,
 * behind a dot, a transaction: of those below it the client has got everything. Ids alone can't tell,
 * as a transaction that commits late brings ids from before.
 */
export interface StreamPosition {
  readonly eventId: string;
  /** Absent when the client knows the event's id alone. */
  readonly fromXid: string | undefined;
}

const POSITION =
  /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})(?:\.(\d{1,19}))?$/i;

export function parseStreamPosition(text: string): StreamPosition | undefined {
  const match = POSITION.exec(text);
  if (match === null) return undefined;
  return { eventId: (match[1] ?? '').toLowerCase(), fromXid: match[2] };
}

export function formatStreamPosition({ eventId, fromXid }: StreamPosition): string {
  return fromXid === undefined ? eventId : `${eventId}.${fromXid}`;
}

/** When the event was made: the first 48 bits of its id. */
export function eventTimeMs({ eventId }: StreamPosition): number {
  return Number.parseInt(eventId.slice(0, 13).replace('-', ''), 16);
}
