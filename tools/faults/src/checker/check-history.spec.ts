import type { History } from '../record/history';
import { checkHistory } from './check-history';
import { countRepetitions } from './count-repetitions';
import { VERDICTS, type Verdict } from './finding';
import {
  CLEAN_HISTORY,
  deliveryOf,
  event,
  HOLD,
  movement,
  ok,
  withRows,
  withSent,
} from './testing/sample-history';
import { conflict, malformed, order, update } from './testing/sample-operations';

const { snapshot, deliveries } = CLEAN_HISTORY;
const [first, second] = deliveries as [
  History['deliveries'][number],
  History['deliveries'][number],
];
const [mug, tee] = snapshot.items as [(typeof snapshot.items)[0], (typeof snapshot.items)[0]];
const pending = { eventId: 'e2', itemId: 'item-mug', sequence: 2 };
const unanswered = { operation: update('u3', 40), outcome: 'unknown' } as const;
const letter = { messageId: 'u2-sent', errorCode: 'INVALID_MESSAGE' };

interface Case {
  /** What happened, and what the checker must say of it. */
  readonly guilty: readonly (readonly [what: string, history: History])[];
  /** What looks like it and is none. */
  readonly innocent: readonly (readonly [what: string, history: History])[];
}

const CASES: Record<Verdict, Case> = {
  lost: {
    guilty: [
      ['a confirmed update is nowhere', withSent([ok(update('u3', 40))])],
      ['a malformed message is nowhere', withSent([ok(malformed('m2'))])],
      ['a conflicting message is nowhere', withSent([ok(conflict('c1', 'u1'))])],
    ],
    innocent: [
      ['nobody knows whether it arrived', withSent([unanswered])],
      ['it did not arrive', withSent([{ ...unanswered, outcome: 'failed' }])],
      ['it came twice', withSent([ok({ ...update('u2', 15), messageId: 'again' })])],
    ],
  },
  'applied twice': {
    guilty: [
      [
        'a message is in the inbox twice',
        withRows({ inbox: [...snapshot.inbox, { messageId: 'u1', outcome: 'applied' }] }),
      ],
      [
        'an update moved twice',
        withRows({
          movements: [...snapshot.movements, movement('u1', -8, 4), movement('u1', 8, 15)],
        }),
      ],
      [
        'an update was told twice',
        withRows({
          events: [...snapshot.events, event('e3', ['StockLevelChangedEvent', 20, 12], 3, 'u1')],
        }),
      ],
    ],
    innocent: [
      ['an update made a baseline and a movement', CLEAN_HISTORY],
      ['an event was published twice', { ...CLEAN_HISTORY, deliveries: [...deliveries, first] }],
    ],
  },
  ghost: {
    guilty: [
      [
        'an effect of a message that nobody sent',
        withRows({ inbox: [...snapshot.inbox, { messageId: 'nobody', outcome: 'applied' }] }),
      ],
      [
        'an event of a message that did not arrive',
        withSent(
          [{ ...unanswered, outcome: 'failed' }],
          withRows({
            events: [...snapshot.events, event('e3', ['StockLevelChangedEvent', 15, 40], 3, 'u3')],
          }),
        ),
      ],
    ],
    innocent: [
      [
        'a hold expired by the clock',
        withRows(
          {
            events: [
              ...snapshot.events,
              {
                ...event('x1', ['InventoryReleasedEvent', 7, 9], 2, 'clock', 'item-tee'),
                cause: 'expire',
              },
            ],
            items: [mug, { ...tee, sequence: 2 }],
          },
          { deliveries: [...deliveries, deliveryOf(event('x1', ['', 0, 0], 2, '', 'item-tee'))] },
        ),
      ],
    ],
  },
  'wrong effect': {
    guilty: [
      [
        'an item has another quantity than it must',
        withRows({ items: [{ ...mug, onHand: 16 }, tee] }),
      ],
      [
        'an event tells other numbers',
        withRows({
          events: snapshot.events.map((row) =>
            row.id === 'e2' ? { ...row, newQuantity: 14 } : row,
          ),
        }),
      ],
      ['an order holds what it must not', withRows({ reservations: [{ ...HOLD, quantity: 9 }] })],
      [
        'a paid order is not committed',
        withSent(
          [ok(order('o2', 'order-1', 'payment.successful'))],
          withRows({ inbox: [...snapshot.inbox, { messageId: 'o2', outcome: 'applied' }] }),
        ),
      ],
    ],
    innocent: [
      [
        'an order for more than there is was refused',
        withSent(
          [ok(order('o2', 'order-2', 'order.created', 8))],
          withRows({ inbox: [...snapshot.inbox, { messageId: 'o2', outcome: 'insufficient' }] }),
        ),
      ],
    ],
  },
  'never published': {
    guilty: [
      ['an audited event did not arrive', { ...CLEAN_HISTORY, deliveries: deliveries.slice(1) }],
    ],
    innocent: [
      [
        'it was set aside',
        withRows({ parked: [pending] }, { deliveries: [first, ...deliveries.slice(2)] }),
      ],
    ],
  },
  'published but not audited': {
    guilty: [
      [
        'an event arrived that no log has',
        {
          ...CLEAN_HISTORY,
          deliveries: [...deliveries, deliveryOf(event('e9', ['', 0, 0], 9, ''))],
        },
      ],
    ],
    innocent: [['an audited one arrived', CLEAN_HISTORY]],
  },
  'order violated': {
    guilty: [
      [
        'an event arrived behind a later one',
        { ...CLEAN_HISTORY, deliveries: [second, first, ...deliveries.slice(2)] },
      ],
      [
        'updates had their effects in another order',
        withRows({
          events: [
            event('e1', ['StockLevelChangedEvent', 20, 15], 1, 'u2'),
            event('e2', ['StockLevelChangedEvent', 15, 12], 2, 'u1'),
            ...snapshot.events.slice(2),
          ],
        }),
      ],
    ],
    innocent: [
      [
        'an earlier one arrived once more',
        { ...CLEAN_HISTORY, deliveries: [...deliveries, first] },
      ],
      [
        'one that was set aside came late',
        withRows(
          { parked: [{ ...pending, eventId: 'e1' }] },
          { deliveries: [second, first, ...deliveries.slice(2)] },
        ),
      ],
      [
        'one of which nobody knows when it arrived crossed another',
        {
          ...withRows({}),
          operations: [
            { operation: update('u2', 15), outcome: 'unknown' },
            ...CLEAN_HISTORY.operations.filter(
              ({ operation }) => operation.messageId !== 'u2-sent',
            ),
          ],
        },
      ],
      [
        'updates of two lanes crossed',
        {
          ...withRows({}),
          operations: [
            ok(update('u2', 15, { lane: 'exchange' })),
            ...CLEAN_HISTORY.operations.filter(
              ({ operation }) => operation.messageId !== 'u2-sent',
            ),
          ],
        },
      ],
    ],
  },
  'sequence gap': {
    guilty: [
      [
        'a number is missing',
        withRows({
          events: snapshot.events.map((row) => (row.id === 'e2' ? { ...row, sequence: 3 } : row)),
        }),
      ],
      [
        'a number is there twice',
        withRows({
          events: snapshot.events.map((row) => (row.id === 'e2' ? { ...row, sequence: 1 } : row)),
        }),
      ],
      ['the item counts one more', withRows({ items: [{ ...mug, sequence: 3 }, tee] })],
    ],
    innocent: [
      [
        'an item without events',
        withRows({
          items: [
            ...snapshot.items,
            { ...mug, id: 'item-new', productId: 'new', onHand: 0, sequence: 0 },
          ],
        }),
      ],
    ],
  },
  'other body under the same eventId': {
    guilty: [
      [
        'an event came with two bodies',
        { ...CLEAN_HISTORY, deliveries: [...deliveries, { ...first, body: '{"eventId":"e1"}' }] },
      ],
      [
        'a body names another event',
        { ...CLEAN_HISTORY, deliveries: [{ ...first, body: second.body }, ...deliveries.slice(1)] },
      ],
    ],
    innocent: [
      [
        'an event came twice with one body',
        { ...CLEAN_HISTORY, deliveries: [...deliveries, first] },
      ],
    ],
  },
  oversold: {
    guilty: [
      [
        'more is held than there is',
        withRows({ reservations: [HOLD, { ...HOLD, id: 'hold-2', quantity: 8 }] }),
      ],
      [
        'there was less than nothing',
        withRows({
          movements: [...snapshot.movements, movement('u2', -20, -5), movement('u2', 20, 15)],
        }),
      ],
    ],
    innocent: [
      [
        'all that there is is held',
        withRows({
          items: [mug, { ...tee, reserved: 9 }],
          reservations: [{ ...HOLD, quantity: 9 }],
        }),
      ],
    ],
  },
  'on_hand ≠ Σ movements': {
    guilty: [['a movement is missing', withRows({ movements: snapshot.movements.slice(1) })]],
    innocent: [['they add up', CLEAN_HISTORY]],
  },
  'reserved ≠ Σ holds': {
    guilty: [
      [
        'a hold was ended and not given back',
        withRows({ reservations: [{ ...HOLD, status: 'CANCELLED' }] }),
      ],
    ],
    innocent: [
      [
        'an ended hold beside the pending one',
        withRows({
          reservations: [HOLD, { ...HOLD, id: 'hold-2', orderId: 'other', status: 'CANCELLED' }],
        }),
      ],
    ],
  },
  'expired hold committed': {
    guilty: [
      [
        'committed when its time was over',
        withRows({ reservations: [{ ...HOLD, status: 'COMMITTED', committedAtMs: 900_000 }] }),
      ],
    ],
    innocent: [
      [
        'committed in time',
        withRows({ reservations: [{ ...HOLD, status: 'COMMITTED', committedAtMs: 899_999 }] }),
      ],
    ],
  },
  'innocent message dead-lettered': {
    guilty: [
      [
        'a valid update is in the dead-letter queue',
        { ...CLEAN_HISTORY, deadLetters: [...CLEAN_HISTORY.deadLetters, letter] },
      ],
    ],
    innocent: [
      [
        'a conflicting one is',
        withSent([ok(conflict('c1', 'u1'))], {
          deadLetters: [...CLEAN_HISTORY.deadLetters, { ...letter, messageId: 'c1' }],
        }),
      ],
    ],
  },
  stuck: {
    guilty: [
      [
        'an update waits in its queue',
        withSent([ok(update('u3', 40))], { leftover: { queued: ['u3-sent'], notReady: [] } }),
      ],
      ['an event waits in the outbox', withRows({ outbox: [pending] })],
      ['a hold is overdue', withRows({ takenAtMs: 2_000_000 })],
      [
        'an app is not ready',
        { ...CLEAN_HISTORY, leftover: { queued: [], notReady: ['worker 1'] } },
      ],
    ],
    innocent: [
      [
        'an update that had its effect waits once more',
        { ...CLEAN_HISTORY, leftover: { queued: ['u2-sent'], notReady: [] } },
      ],
    ],
  },
  'slow to heal': {
    guilty: [
      [
        'it took longer than promised',
        { ...CLEAN_HISTORY, recoveries: [{ fault: 'kill', tookMs: 21_000, limitMs: 20_000 }] },
      ],
    ],
    innocent: [
      [
        'it was in time',
        { ...CLEAN_HISTORY, recoveries: [{ fault: 'kill', tookMs: 500, limitMs: 20_000 }] },
      ],
    ],
  },
};

const verdictsOf = (history: History) => checkHistory(history).map(({ verdict }) => verdict);

describe('checkHistory', () => {
  it('acquits a history that kept every promise', () => {
    expect(checkHistory(CLEAN_HISTORY)).toEqual([]);
  });

  it.each(
    VERDICTS.flatMap((verdict) => CASES[verdict].guilty.map((each) => [verdict, ...each] as const)),
  )('%s: convicts when %s', (verdict, _, history) => {
    expect(verdictsOf(history)).toContain(verdict);
  });

  it.each(
    VERDICTS.flatMap((verdict) =>
      CASES[verdict].innocent.map((each) => [verdict, ...each] as const),
    ),
  )('%s: acquits when %s', (verdict, _, history) => {
    expect(verdictsOf(history)).not.toContain(verdict);
  });
});

describe('countRepetitions', () => {
  it('counts what was published again, not what the broker delivered again', () => {
    const repeated = [...deliveries, first, { ...second, redelivered: true }];
    expect(countRepetitions({ deliveries: repeated })).toBe(1);
  });
});
