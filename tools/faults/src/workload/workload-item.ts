import type { ItemName, UpdateOperation } from './operation';
import type { Random } from './random';
import { toUpdate, type UpdateRoute } from './to-operation';

/**
 * How the source of an item's updates orders them:
 * - plain: by nothing but the order of sending.
 * - numbered: by a sequence.
 * - dated: by the time of the change.
 */
export type ItemStyle = 'plain' | 'numbered' | 'dated';

const FIRST_TIME = Date.parse('2026-01-01T00:00:00Z');
const MAX_QUANTITY = 30;

/** One item of a workload, and the updates that its source sends. */
export class WorkloadItem {
  readonly name: ItemName;
  readonly #random: Random;
  readonly #style: ItemStyle;
  readonly #route: UpdateRoute;
  readonly #sent: UpdateOperation[] = [];
  #turn = 0;

  constructor(random: Random, style: ItemStyle, route: UpdateRoute) {
    this.#random = random;
    this.#style = style;
    this.#route = route;
    this.name = {
      productId: random.uuid(),
      variantId: random.chance(0.3) ? random.uuid() : null,
      warehouseId: random.chance(0.3) ? random.uuid() : null,
    };
  }

  /** An update that is handled once more is applied once more, unless it is recognised. */
  get isPlain(): boolean {
    return this.#style === 'plain';
  }

  get sent(): readonly UpdateOperation[] {
    return this.#sent;
  }

  /** The next update of the source, often across a threshold, always to another quantity. */
  next(quantity = this.#otherQuantity()): UpdateOperation {
    this.#turn += 1;
    const update = toUpdate(this.#random, this.#route, {
      item: this.name,
      quantity,
      ...(this.#turn === 1 && this.#random.chance(0.5) ? { previousQuantity: MAX_QUANTITY } : {}),
      ...(this.#random.chance(0.1) ? { lowStockThreshold: 20 } : {}),
      ...this.#orderAt(this.#turn),
    });
    this.#sent.push(update);
    return update;
  }

  /** An update that left the source before one that was sent already; undefined if none can be. */
  late(): UpdateOperation | undefined {
    if (this.#style === 'plain' || this.#turn < 3) return undefined;
    const quantity = this.#otherQuantity();
    const turn = 1 + this.#random.below(this.#turn - 1) - 0.5;
    const order = this.#orderAt(turn);
    return toUpdate(this.#random, this.#route, { item: this.name, quantity, ...order });
  }

  #otherQuantity(): number {
    const last = this.#sent.at(-1)?.quantity;
    const quantity = this.#random.below(MAX_QUANTITY);
    return quantity === last ? quantity + 1 : quantity;
  }

  #orderAt(turn: number) {
    if (this.#style === 'numbered') return { sequence: turn * 10 };
    if (this.#style === 'dated') return { occurredAt: FIRST_TIME + turn * 1_000 };
    return {};
  }
}
