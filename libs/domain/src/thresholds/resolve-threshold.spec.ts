import { resolveHysteresis } from './resolve-hysteresis';
import { resolveThreshold } from './resolve-threshold';

const rule = { id: 'rule-1', lowStockThreshold: 7, hysteresis: 3 };
const policy = { rule, defaultLowStockThreshold: 10, defaultHysteresis: 1 };

describe('resolveThreshold', () => {
  it.each([
    [{ message: 5, item: 6 }, policy, 5, 'message', null],
    [{ message: 0, item: 6 }, policy, 0, 'message', null],
    [{ message: undefined, item: 6 }, policy, 6, 'item', null],
    [{ message: undefined, item: 0 }, policy, 0, 'item', null],
    [{ message: undefined, item: null }, policy, 7, 'rule', 'rule-1'],
    [{ message: undefined, item: null }, { ...policy, rule: null }, 10, 'default', null],
  ] as const)(
    '%j under %j is %i from %s',
    (candidates, given, lowStockThreshold, source, ruleId) => {
      expect(resolveThreshold(candidates, given)).toEqual({ lowStockThreshold, source, ruleId });
    },
  );
});

describe('resolveHysteresis', () => {
  it('takes the rule before the default', () => {
    expect(resolveHysteresis(policy)).toBe(3);
    expect(resolveHysteresis({ ...policy, rule: { ...rule, hysteresis: 0 } })).toBe(0);
    expect(resolveHysteresis({ ...policy, rule: null })).toBe(1);
  });
});
