import type { OrderOperation } from './operation';
import type { Random } from './random';
import { repeated, toOrderStep } from './to-operation';
import type { WorkloadItem } from './workload-item';

const MAX_LINES = 3;
const MAX_PER_LINE = 4;

/** Orders on items whose stock nothing else changes: more are placed than there is stock for. */
export class OrderBook {
  readonly #random: Random;
  readonly #items: readonly WorkloadItem[];
  readonly #open: string[] = [];
  readonly #sent: OrderOperation[] = [];

  constructor(random: Random, items: readonly WorkloadItem[]) {
    this.#random = random;
    this.#items = items;
  }

  /** A new order, the payment of an earlier one, or an event once more. */
  next(): OrderOperation {
    if (this.#sent.length > 0 && this.#random.chance(0.15)) {
      return repeated(this.#random, this.#random.pick(this.#sent));
    }
    const operation = this.#random.chance(0.5) ? this.#pay() : undefined;
    const sent = operation ?? this.#place();
    this.#sent.push(sent);
    return sent;
  }

  #place(): OrderOperation {
    const orderId = this.#random.uuid();
    const first = this.#random.below(this.#items.length);
    const count = 1 + this.#random.below(Math.min(MAX_LINES, this.#items.length));
    const lines = Array.from({ length: count }, (_, index) => ({
      item: (this.#items[(first + index) % this.#items.length] as WorkloadItem).name,
      quantity: 1 + this.#random.below(MAX_PER_LINE),
    }));
    this.#open.push(orderId);
    return toOrderStep(this.#random, { orderId, step: 'order.created', lines });
  }

  #pay(): OrderOperation | undefined {
    if (this.#open.length === 0) return undefined;
    const [orderId] = this.#open.splice(this.#random.below(this.#open.length), 1);
    const step = this.#random.chance(0.7) ? 'payment.successful' : 'payment.failed';
    return toOrderStep(this.#random, { orderId: orderId as string, step, lines: [] });
  }
}
