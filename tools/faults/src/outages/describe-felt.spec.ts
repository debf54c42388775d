import { describeFelt } from './describe-felt';
import type { Felt } from './disturb';

const nothing: Felt = {
  unready: new Set(),
  warning: new Set(),
  deaths: 0,
  isStandstill: false,
  recoveries: [],
};

describe('describeFelt', () => {
  it('says that nothing was felt', () => {
    expect(describeFelt(nothing)).toBe('nothing');
  });

  it('names apps by kind and number', () => {
    const unready = new Set(['ingest-worker 1', 'ingest-worker 2', 'outbox-relay 2']);
    const warning = new Set([...unready, 'outbox-relay 1', 'inventory-api 1']);
    const felt = { ...nothing, unready, warning, deaths: 2, isStandstill: true };
    expect(describeFelt(felt, '3 keys deleted')).toBe(
      '3 keys deleted; standstill; not ready: both workers, one relay; warnings: all; ' +
        'started again: 2',
    );
  });
});
