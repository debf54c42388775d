import { createHash } from 'node:crypto';
import type { OrderOperation } from '../../workload/operation';
import type { Random } from '../../workload/random';
import { toOrderStep } from '../../workload/to-operation';

export type RestStep = Pick<OrderOperation, 'orderId' | 'step' | 'lines'>;

/** What an order does over REST, as one request and as the operation that it comes to. */
export interface RestOrder {
  readonly path: string;
  readonly body: string;
  /** The same request under the same key has one effect. */
  readonly key: string;
  readonly operation: OrderOperation;
}

const PATHS = { 'payment.successful': 'commit', 'payment.failed': 'cancel' } as const;
const NAMES = { 'order.created': 'reserve', ...PATHS } as const;

export function toRestOrder(random: Random, facts: RestStep, subject: string): RestOrder {
  const { orderId, step, lines } = facts;
  const key = random.uuid();
  const items = lines.map(({ item: { productId }, quantity }) => ({ productId, quantity }));
  const eventId = commandIdOf(NAMES[step], subject, key);
  const operation = { ...toOrderStep(random, facts), eventId, lane: 'REST' };
  return step === 'order.created'
    ? { path: '/api/v1/reservations', body: JSON.stringify({ orderId, items }), key, operation }
    : {
        path: `/api/v1/reservations/order/${orderId}/${PATHS[step]}`,
        body: '{}',
        key,
        operation,
      };
}

/** As the API names a command that has a key: a UUID of operation, subject and key. */
function commandIdOf(operation: string, subject: string, key: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([operation, subject, key]))
    .digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join('-');
}
