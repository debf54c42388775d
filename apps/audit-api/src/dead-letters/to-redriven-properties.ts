import { deadLetterHeaders, type Message } from '@inventory-events/messaging';

/** How often an operator put the message back. */
export const REDRIVE_COUNT_HEADER = 'x-redrive-count';

const DROPPED_HEADERS: ReadonlySet<string> = new Set([
  ...Object.values<string>(deadLetterHeaders),
  // The broker's own record of earlier deaths; it starts a new one.
  'x-death',
  'x-first-death-exchange',
  'x-first-death-queue',
  'x-first-death-reason',
  'x-last-death-exchange',
  'x-last-death-queue',
  'x-last-death-reason',
  'x-delivery-count',
  // Would copy the message elsewhere.
  'CC',
  'BCC',
]);

/** An expiration would delete it, a foreign user id would be refused, the mode is always persistent. */
const DROPPED_PROPERTIES: ReadonlySet<string> = new Set([
  'headers',
  'expiration',
  'userId',
  'deliveryMode',
]);

/** The message as its sender wrote it, without what its dead-lettering added, and with `added`. */
export function toRedrivenProperties(
  { properties }: Message,
  added: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const count = Number(headers[REDRIVE_COUNT_HEADER] ?? 0);
  return {
    ...without(properties, DROPPED_PROPERTIES),
    persistent: true,
    headers: {
      ...without(headers, DROPPED_HEADERS),
      ...added,
      [REDRIVE_COUNT_HEADER]: Number.isInteger(count) ? count + 1 : 1,
    },
  };
}

function without(record: object, names: ReadonlySet<string>): Record<string, unknown> {
  const kept = Object.entries(record).filter(
    ([name, value]) => value !== undefined && !names.has(name),
  );
  return Object.fromEntries(kept);
}
