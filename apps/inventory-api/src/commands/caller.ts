import type { CommandSignal } from '@inventory-events/stock-ledger';

/** Who asks, and for which request, whatever the transport. */
export interface Caller {
  /** The subject of the token: stands as `performedBy` in the movements. */
  readonly subject: string | undefined;
  readonly transport: 'http' | 'grpc';
  readonly correlationId: string;
  readonly traceparent: string;
  /** The caller's own name for this request: asked twice, it has one effect and one answer. */
  readonly idempotencyKey: string | undefined;
  /** Aborts at the caller's deadline, or when the caller has left. */
  readonly signal?: CommandSignal | undefined;
}
