import { differenceOf } from './declare-tolerantly';

describe('differenceOf', () => {
  it.each([
    [
      "inequivalent arg 'x-queue-type' for queue 'q' in vhost '/': received 'quorum' but current is 'classic'\"",
      { argument: 'x-queue-type', wanted: 'quorum', found: 'classic' },
    ],
    [
      "inequivalent arg 'x-dead-letter-exchange' for queue 'q' in vhost '/': received the value 'inventory.dlx' of type 'longstr' but current is none\"",
      { argument: 'x-dead-letter-exchange', wanted: 'inventory.dlx', found: 'nothing' },
    ],
    [
      "inequivalent arg 'durable' for queue 'q' in vhost '/': received 'true' but current is 'false'",
      { argument: 'durable', wanted: 'true', found: 'false' },
    ],
  ])('reads %s', (refusal, difference) => {
    expect(differenceOf(refusal)).toEqual(difference);
  });

  it('makes nothing up', () => {
    expect(differenceOf('PRECONDITION_FAILED - something else')).toBeUndefined();
  });
});
