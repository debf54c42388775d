import { itemName, order } from '../checker/testing/sample-operations';
import { itemTextOf } from '../workload/operation';
import { tellOrders } from './tell-orders';

const tee = itemTextOf(itemName('tee'));

function stateOf(...operations: Parameters<typeof tellOrders>[0]) {
  const { orders, onHand } = tellOrders(operations, new Map([[tee, 10]]));
  return [...orders]
    .map(([id, { state }]) => `${id} ${state}`)
    .concat(`${onHand.get(tee)} on hand`);
}

describe('tellOrders', () => {
  it('holds, sells and gives back', () => {
    expect(
      stateOf(
        order('1', 'a', 'order.created', 4),
        order('2', 'b', 'order.created', 4),
        order('3', 'a', 'payment.successful'),
        order('4', 'b', 'payment.failed'),
        order('5', 'c', 'order.created', 6),
      ),
    ).toEqual(['a COMMITTED', 'b CANCELLED', 'c PENDING', '6 on hand']);
  });

  it('refuses what is not there, and what comes of it', () => {
    expect(
      stateOf(
        order('1', 'a', 'order.created', 8),
        order('2', 'b', 'order.created', 3),
        order('3', 'b', 'payment.successful'),
      ),
    ).toEqual(['a PENDING', 'b REFUSED', '10 on hand']);
  });

  it('sells nothing that is over', () => {
    const expired = { ...order('1', 'a', 'order.created', 8), ttlSeconds: 1 };
    expect(stateOf(expired, order('2', 'a', 'payment.successful'))).toEqual([
      'a EXPIRED',
      '10 on hand',
    ]);
  });
});
