import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { setTimeout as delay } from 'node:timers/promises';
import type { Operation } from './operation';
import type { OperationRecord } from './operation-record';

export interface SendOptions {
  /** As fast as it goes where absent. */
  readonly perSecond?: number;
}

/**
 * Sends operations in order and records what became of each. Nothing is sent twice by itself: what
 * was under way when the connection broke is `unknown`, and the next one follows on a new one.
 */
export interface OperationSender {
  readonly records: readonly OperationRecord[];
  /** Resolves when the fate of each is known, or known to be unknown. */
  send(operations: readonly Operation[], options?: SendOptions): Promise<void>;
  /** Keeps the record of an operation that goes another way. */
  note(record: OperationRecord): void;
  close(): Promise<void>;
}

const CONFIRM_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 60_000;
const RETRY_MS = 100;
const NOTHING_ELSE = () => undefined;

export function createOperationSender(amqpUrl: string): OperationSender {
  const records: OperationRecord[] = [];
  let open: OpenSender | undefined;

  async function connected(): Promise<OpenSender> {
    if (open !== undefined && !open.isLost()) return open;
    const deadline = performance.now() + CONNECT_TIMEOUT_MS;
    for (;;) {
      try {
        open = await openSender(amqpUrl);
        return open;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await delay(RETRY_MS);
      }
    }
  }

  return {
    records,
    async send(operations, { perSecond = Infinity } = {}) {
      const startedAt = performance.now();
      const settled: Promise<void>[] = [];
      for (const [index, operation] of operations.entries()) {
        const due = startedAt + (index / perSecond) * 1_000;
        if (due > performance.now()) await delay(due - performance.now());
        const record: OperationRecord = { operation, outcome: 'unknown' };
        records.push(record);
        settled.push((await connected()).publish(record));
      }
      await Promise.all(settled);
    },
    note: (record) => void records.push(record),
    async close() {
      await open?.close();
    },
  };
}

interface OpenSender {
  publish(record: OperationRecord): Promise<void>;
  isLost(): boolean;
  close(): Promise<void>;
}

async function openSender(amqpUrl: string): Promise<OpenSender> {
  const connection = await connect(amqpUrl, { noDelay: true, timeout: CONFIRM_TIMEOUT_MS });
  connection.on('error', NOTHING_ELSE); // followed by 'close'
  const waiting = new Map<string, () => void>();
  const returned = new Set<string>();
  let isLost = false;
  function lose(): void {
    isLost = true;
    for (const giveUp of waiting.values()) giveUp();
  }
  connection.once('close', lose);
  const channel = await connection.createConfirmChannel();
  channel.on('error', NOTHING_ELSE);
  channel.once('close', lose);
  channel.on('return', ({ properties }) => returned.add(String(properties.messageId)));

  function publish(record: OperationRecord): Promise<void> {
    const { messageId } = record.operation;
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        waiting.delete(messageId);
        resolve();
      };
      const timer = setTimeout(settle, CONFIRM_TIMEOUT_MS);
      waiting.set(messageId, settle);
      write(channel, record.operation, (error: unknown) => {
        if (!isLost && !error) record.outcome = returned.has(messageId) ? 'failed' : 'ok';
        settle();
      });
      if (isLost) settle();
    });
  }

  return { publish, isLost: () => isLost, close: () => closeQuietly(connection) };
}

function write(channel: ConfirmChannel, operation: Operation, onConfirm: (error: unknown) => void) {
  const { exchange, routingKey, body, messageId } = operation;
  try {
    channel.publish(
      exchange,
      routingKey,
      Buffer.from(body),
      { mandatory: true, persistent: true, contentType: 'application/json', messageId },
      onConfirm,
    );
  } catch (error) {
    onConfirm(error); // the channel is closed
  }
}

async function closeQuietly(connection: ChannelModel): Promise<void> {
  await connection.close().catch(NOTHING_ELSE); // it may be closed already
}
