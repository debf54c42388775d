import fc from 'fast-check';
import type { ObserveCommand } from '../stock-command';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';

const quantity = fc.oneof(
  fc.integer({ min: 0, max: 30 }),
  fc.integer({ min: 0, max: 2 ** 31 - 1 }),
);
const threshold = fc.integer({ min: 0, max: 25 });
const hysteresis = fc.integer({ min: 0, max: 8 });

export const policyArbitrary: fc.Arbitrary<ThresholdPolicy> = fc.record({
  rule: fc.option(fc.record({ id: fc.uuid(), lowStockThreshold: threshold, hysteresis })),
  defaultLowStockThreshold: threshold,
  defaultHysteresis: hysteresis,
});

export const observeArbitrary: fc.Arbitrary<ObserveCommand> = fc.record(
  {
    type: fc.constant('observe' as const),
    quantity,
    previousQuantity: quantity,
    lowStockThreshold: threshold,
    sequence: fc.integer({ min: 0, max: 40 }),
    occurredAt: fc.integer({ min: 0, max: 40 }),
    changeType: fc.constantFrom('PURCHASE', 'SALE', 'RETURN', 'ADJUSTMENT'),
  },
  { requiredKeys: ['type', 'quantity'] },
);
