import { limits, messageHeaders, parseInventoryUpdate } from '@inventory-events/contracts';
import { AppError } from '@inventory-events/errors';
import type { Message } from '@inventory-events/messaging';
import { parseTraceparent } from '@inventory-events/service-runtime';
import type { ItemLedgerCommand } from '@inventory-events/stock-ledger';
import { hash } from 'node:crypto';
import { parseJsonBody } from './parse-json-body';
import { toStockUpdate } from './to-stock-update';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// eslint-disable-next-line no-control-regex -- control characters are what it refuses
const PRINTABLE = /^[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]+$/u;
const BODY_HASH_BYTES = 16;

/** Turns a delivery into the command for the ledger, or throws the reason to dead-letter it. */
export function decodeStockUpdate(
  message: Message,
  source: string,
  nowMs: number,
): ItemLedgerCommand {
  const parsed = parseInventoryUpdate(parseJsonBody(message), { nowMs });
  if (!parsed.ok) {
    const found = parsed.issues.map(
      ({ path, message: problem }) => `${path || 'body'}: ${problem}`,
    );
    throw new AppError(parsed.code, found.join('; '));
  }
  const update = toStockUpdate(parsed.value);
  const messageId = update.eventId ?? messageIdOf(message);
  return {
    messageId,
    source,
    bodyHash: hash('sha256', message.content, 'buffer').subarray(0, BODY_HASH_BYTES),
    item: update.item,
    command: update.command,
    correlationId: update.correlationId ?? correlationIdOf(message) ?? messageId,
    traceparent: traceparentOf(message),
  };
}

/** The AMQP property stands in for an eventId that the body doesn't have. */
function messageIdOf({ properties }: Message): string {
  const messageId: unknown = properties.messageId;
  if (typeof messageId !== 'string' || messageId === '') {
    throw new AppError('MISSING_EVENT_ID', 'neither an eventId nor the property messageId is set');
  }
  if (!UUID.test(messageId)) {
    throw new AppError('INVALID_MESSAGE', 'messageId: not a UUID, and there is no eventId');
  }
  return messageId.toLowerCase();
}

/** Only a help for tracing: one that can't be carried along is left out, the update counts. */
function correlationIdOf({ properties }: Message): string | undefined {
  const correlationId: unknown = properties.correlationId;
  if (typeof correlationId !== 'string') return undefined;
  if (correlationId.length > limits.maxCorrelationIdLength) return undefined;
  return PRINTABLE.test(correlationId) ? correlationId : undefined;
}

function traceparentOf({ properties }: Message): string | undefined {
  const header: unknown = properties.headers?.[messageHeaders.traceparent];
  if (header === undefined) return undefined;
  return typeof header === 'string' && parseTraceparent(header) ? header : undefined;
}
