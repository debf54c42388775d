import type { Entry } from './entry';
import { takeBatch } from './take-batch';

const entries = (...counts: number[]) =>
  counts.map((deliveryCount) => ({ deliveryCount }) as Entry<unknown>);

describe('takeBatch', () => {
  it('takes up to the batch size from the front', () => {
    const pending = entries(0, 0, 0);
    expect(takeBatch(pending, 2)).toHaveLength(2);
    expect(pending).toHaveLength(1);
  });

  it('leaves a message that was redelivered often alone', () => {
    const pending = entries(0, 0, 3, 0);
    expect(takeBatch(pending, 100)).toHaveLength(2);
    expect(takeBatch(pending, 100)).toHaveLength(1);
    expect(takeBatch(pending, 100)).toHaveLength(1);
  });

  it('takes few beside a message that was redelivered twice', () => {
    const pending = entries(2, 0, 0, 0, 0, 0);
    expect(takeBatch(pending, 100)).toHaveLength(4);
  });
});
