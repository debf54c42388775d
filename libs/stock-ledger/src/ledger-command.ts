import type { ItemKey } from '@inventory-events/data-access';
import type { RejectionReason, StockCommand } from '@inventory-events/domain';

/** One command to the ledger: what to do to which item, and on whose behalf. */
export interface LedgerCommand {
  /** The incoming eventId: the command has its effect once, however often it arrives. */
  messageId: string;
  /** Where it came from, such as a queue. */
  source: string;
  /** Digest of the body as it arrived: tells a redelivery from another message of the same id. */
  bodyHash: Buffer;
  item: ItemKey & { sku?: string | undefined };
  command: StockCommand;
  correlationId: string;
  /** W3C trace context of the message, carried to the events. */
  traceparent?: string | undefined;
}

/**
 * What became of a command. `duplicate`: had its effect earlier; `conflict`: its id was used by a
 * message with another body, and it changed nothing; `stale`: older than what is stored.
 */
export interface LedgerResult {
  outcome: 'applied' | 'unchanged' | 'stale' | 'rejected' | 'duplicate' | 'conflict';
  reason?: RejectionReason;
  previousQuantityMismatch: boolean;
  eventCount: number;
}
