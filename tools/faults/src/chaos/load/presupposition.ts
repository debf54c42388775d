import type { Operation } from '../../workload/operation';
import type { OperationRecord } from '../../workload/operation-record';

/**
 * Which operations make sense: one that contradicts an update, or goes on with an order, presupposes
 * that everything before it of that kind arrived. A sender that doesn't know would not send it, and
 * what came of it would be nobody's promise.
 */
export class Presupposition {
  readonly #confirmed = new Set<string>();
  readonly #doubtful = new Set<string>();

  /** What was sent before, with what became of it. */
  learn(records: readonly OperationRecord[]): void {
    for (const { operation, outcome } of records) {
      const isSure = outcome === 'ok';
      if (isSure && operation.kind === 'update') this.#confirmed.add(operation.eventId);
      if (!isSure && operation.kind === 'order') this.#doubtful.add(operation.orderId);
    }
  }

  /** Those of the next operations that may be sent together. */
  select(operations: readonly Operation[]): Operation[] {
    const begun = new Set<string>();
    return operations.filter((operation) => {
      if (operation.kind === 'conflict') return this.#confirmed.has(operation.eventId);
      if (operation.kind !== 'order') return true;
      const { orderId } = operation;
      if (this.#doubtful.has(orderId)) return false;
      if (begun.has(orderId)) {
        this.#doubtful.add(orderId); // what is left out is not made up for later
        return false;
      }
      begun.add(orderId);
      return true;
    });
  }
}
