import { setTimeout as delay } from 'node:timers/promises';
import type { ItemName } from '../../workload/operation';
import type { OperationRecord } from '../../workload/operation-record';
import type { Random } from '../../workload/random';
import { type RestStep, toRestOrder } from './rest-order';
import { sendRestOrder } from './send-rest-order';
import { signOperatorToken } from './sign-operator-token';

/**
 * A shop that places orders over REST, one after the other, and pays for each or cancels it. What
 * was not answered is asked again under the same key until it is, as such clients do.
 */
export interface RestOrders {
  readonly oddities: readonly string[];
  start(): void;
  /** False when the last request was not answered in time. */
  stop(timeoutMs: number): Promise<boolean>;
}

export interface RestOrdersOptions {
  readonly url: string;
  readonly item: ItemName;
  readonly random: Random;
  /** Told of every operation before it is sent. */
  note(record: OperationRecord): void;
}

const SUBJECT = 'shop';
const PACE_MS = 60;
const RETRY_MS = 100;
const MAX_QUANTITY = 4;
const PAID = 0.6;

export function createRestOrders({ url, item, random, note }: RestOrdersOptions): RestOrders {
  const token = signOperatorToken(SUBJECT);
  const oddities: string[] = [];
  let running = Promise.resolve(true);
  let isStopping = true;
  let deadline = Infinity;

  /** Undefined when it was given up. */
  async function send(step: RestStep): Promise<'done' | 'refused' | undefined> {
    const order = toRestOrder(random, step, SUBJECT);
    const record: OperationRecord = { operation: order.operation, outcome: 'unknown' };
    note(record);
    while (performance.now() < deadline) {
      const { outcome, oddity } = await sendRestOrder(url, token, order);
      if (oddity !== undefined) oddities.push(oddity);
      if (outcome !== 'again') {
        record.outcome = 'ok';
        return outcome;
      }
      await delay(RETRY_MS);
    }
    return undefined;
  }

  async function placeOrders(): Promise<boolean> {
    while (!isStopping) {
      const orderId = random.uuid();
      const lines = [{ item, quantity: 1 + random.below(MAX_QUANTITY) }];
      const held = await send({ orderId, step: 'order.created', lines });
      if (held === undefined) return false;
      await delay(PACE_MS);
      if (held === 'refused') continue;
      const step = random.chance(PAID) ? 'payment.successful' : 'payment.failed';
      if ((await send({ orderId, step, lines: [] })) === undefined) return false;
      await delay(PACE_MS);
    }
    return true;
  }

  return {
    oddities,
    start() {
      isStopping = false;
      deadline = Infinity;
      running = placeOrders();
    },
    stop(timeoutMs) {
      isStopping = true;
      deadline = performance.now() + timeoutMs;
      return running;
    },
  };
}
