import fc from 'fast-check';
import { MAX_QUANTITY } from '../quantities/max-quantity';
import type { AdjustCommand, ObserveCommand, StockCommand } from '../stock-command';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';

const quantity = fc.oneof(
  fc.integer({ min: 0, max: 30 }),
  fc.integer({ min: 0, max: MAX_QUANTITY }),
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

const terms = {
  type: fc.constant('adjust' as const),
  reason: fc.constantFrom('ADJUSTMENT', 'DAMAGE', 'LOSS', 'FOUND'),
  changeType: fc.constantFrom('PURCHASE', 'SALE', 'RETURN', 'ADJUSTMENT'),
} as const;

const adjustArbitrary: fc.Arbitrary<AdjustCommand> = fc.oneof(
  fc.record(
    { ...terms, delta: fc.integer({ min: -30, max: 30 }) },
    { requiredKeys: ['type', 'delta'] },
  ),
  fc.record(
    { ...terms, setTo: quantity, expectedQuantity: fc.integer({ min: 0, max: 30 }) },
    { requiredKeys: ['type', 'setTo'] },
  ),
);

/** Quantities are mostly few, so that commands meet each other's limits. */
export const stockCommandArbitrary: fc.Arbitrary<StockCommand> = fc.oneof(
  observeArbitrary,
  fc.record(
    { type: fc.constant('open' as const), quantity, lowStockThreshold: threshold },
    { requiredKeys: ['type', 'quantity'] },
  ),
  adjustArbitrary,
  fc.record({ type: fc.constantFrom('receive' as const, 'return' as const), quantity }),
  fc.record({
    type: fc.constant('setThreshold' as const),
    lowStockThreshold: fc.option(threshold),
  }),
  fc.record({ type: fc.constantFrom('discontinue' as const, 'reinstate' as const) }),
);
