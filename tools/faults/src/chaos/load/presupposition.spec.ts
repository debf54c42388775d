import { createRandom } from '../../workload/random';
import { conflicting, repeated, toOrderStep, toUpdate } from '../../workload/to-operation';
import { Presupposition } from './presupposition';

const random = createRandom(1);
const item = { productId: random.uuid(), variantId: null, warehouseId: null };
const update = toUpdate(random, 'queue', { item, quantity: 5 });
const conflict = conflicting(random, update);
const orderId = random.uuid();
const lines = [{ item, quantity: 1 }];
const created = toOrderStep(random, { orderId, step: 'order.created', lines });
const paid = toOrderStep(random, { orderId, step: 'payment.successful', lines: [] });

describe('Presupposition', () => {
  it('lets everything pass that follows what has arrived', () => {
    const presupposition = new Presupposition();
    const first = [update, created, repeated(random, update)];
    expect(presupposition.select(first)).toEqual(first);
    presupposition.learn(first.map((operation) => ({ operation, outcome: 'ok' })));
    expect(presupposition.select([conflict, paid])).toEqual([conflict, paid]);
  });

  it.each(['unknown', 'failed'] as const)('leaves out what follows something %s', (outcome) => {
    const presupposition = new Presupposition();
    presupposition.learn([update, created].map((operation) => ({ operation, outcome })));
    expect(presupposition.select([conflict, paid, repeated(random, update)])).toHaveLength(1);
  });

  it('leaves an order alone of which a step was left out', () => {
    const presupposition = new Presupposition();
    expect(presupposition.select([created, paid, conflict])).toEqual([created]);
    presupposition.learn([{ operation: created, outcome: 'ok' }]);
    expect(presupposition.select([repeated(random, created)])).toEqual([]);
  });
});
