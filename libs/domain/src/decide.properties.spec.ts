import fc from 'fast-check';
import { decide } from './decide';
import type { StockEvent } from './events/stock-event';
import { initialStockState } from './initial-stock-state';
import type { Movement } from './movement';
import { MAX_QUANTITY } from './quantities/max-quantity';
import { policyArbitrary, stockCommandArbitrary } from './testing/arbitraries';
import { type Step, runCommands } from './testing/run-commands';

const CROSSINGS: readonly string[] = ['LOW_STOCK', 'OUT_OF_STOCK', 'BACK_IN_STOCK'];
const history = fc.array(stockCommandArbitrary, { maxLength: 40 });

function holdsForEveryHistory(property: (steps: Step[]) => void): void {
  fc.assert(
    fc.property(history, policyArbitrary, (commands, policy) => {
      property(runCommands(commands, policy));
    }),
    { numRuns: 400 },
  );
}

const eventsOf = (steps: Step[]): StockEvent[] => steps.flatMap((step) => step.decision.events);
const movementsOf = (steps: Step[]): Movement[] => steps.flatMap((step) => step.decision.movements);

describe('decide: properties of every history', () => {
  it('emits exactly one crossing per status change that crosses, and none for others', () => {
    holdsForEveryHistory((steps) => {
      for (const { decision } of steps) {
        const events: readonly StockEvent[] = decision.events;
        const changes = events.filter((event) => event.type === 'StockStatusChanged');
        const crossings = events.filter((event) => CROSSINGS.includes(event.type));
        const silent = changes.filter(
          ({ oldStatus, newStatus }) =>
            [oldStatus, newStatus].includes('DISCONTINUED') ||
            (oldStatus === 'LOW_STOCK' && newStatus === 'IN_STOCK'),
        );
        expect(changes.length).toBeLessThanOrEqual(1);
        expect(crossings).toHaveLength(changes.length - silent.length);
      }
    });
  });

  it('rebuilds status and quantity from the events alone', () => {
    holdsForEveryHistory((steps) => {
      const last = steps.at(-1)?.decision.state ?? initialStockState();
      const events = eventsOf(steps);
      const level = events.filter((event) => event.type === 'StockLevelChanged').at(-1);
      const status = events.filter((event) => event.type === 'StockStatusChanged').at(-1);
      // Without a level event it still holds what it was first seen with.
      const baseline = movementsOf(steps).find((movement) => movement.reason === 'baseline');
      expect(last.onHand).toBe(level?.newQuantity ?? baseline?.quantity ?? 0);
      if (status) expect(last.status).toBe(status.newStatus);
    });
  });

  it('continues quantities and statuses where the event before left them', () => {
    holdsForEveryHistory((steps) => {
      const events = eventsOf(steps);
      const levels = events.filter((event) => event.type === 'StockLevelChanged');
      const statuses = events.filter((event) => event.type === 'StockStatusChanged');
      levels.slice(1).forEach((event, index) => {
        expect(event.previousQuantity).toBe(levels[index]?.newQuantity);
      });
      statuses.slice(1).forEach((event, index) => {
        expect(event.oldStatus).toBe(statuses[index]?.newStatus);
      });
    });
  });

  it('emits no event without a change', () => {
    holdsForEveryHistory((steps) => {
      for (const { before, decision } of steps) {
        if (!before.baselined) continue;
        const changed =
          before.onHand !== decision.state.onHand || before.status !== decision.state.status;
        expect(decision.events.length > 0).toBe(changed);
      }
    });
  });

  it('numbers the events of an item without a gap', () => {
    holdsForEveryHistory((steps) => {
      const events = eventsOf(steps);
      expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
      expect(steps.at(-1)?.decision.state.sequence ?? 0).toBe(events.length);
    });
  });

  it('keeps on hand equal to the sum of the movements', () => {
    holdsForEveryHistory((steps) => {
      let sum = 0;
      for (const { decision } of steps) {
        for (const movement of decision.movements) sum += movement.quantity;
        expect(decision.state.onHand).toBe(sum);
      }
    });
  });

  it('changes nothing when stale or rejected, and never moves the source back', () => {
    holdsForEveryHistory((steps) => {
      for (const { before, decision } of steps) {
        if (['stale', 'rejected'].includes(decision.outcome)) expect(decision.state).toBe(before);
        const { sourceSequence, sourceOccurredAt } = decision.state;
        expect(sourceSequence ?? -1).toBeGreaterThanOrEqual(before.sourceSequence ?? -1);
        expect(sourceOccurredAt ?? -1).toBeGreaterThanOrEqual(before.sourceOccurredAt ?? -1);
      }
    });
  });

  it('keeps quantities within what can be stored', () => {
    holdsForEveryHistory((steps) => {
      for (const { decision } of steps) {
        expect(decision.state.onHand).toBeGreaterThanOrEqual(0);
        expect(decision.state.onHand).toBeLessThanOrEqual(MAX_QUANTITY);
      }
    });
  });

  it('modifies neither state nor command', () => {
    fc.assert(
      fc.property(history, policyArbitrary, (commands, policy) => {
        const frozen = commands.map((command) => Object.freeze({ ...command }));
        let state = Object.freeze(initialStockState());
        for (const command of frozen) state = Object.freeze(decide(state, command, policy).state);
      }),
    );
  });
});

describe('decide: hysteresis', () => {
  it('alerts once however the quantity moves inside the band', () => {
    const setup = fc
      .record({ threshold: fc.integer({ min: 1, max: 50 }), band: fc.integer({ min: 0, max: 20 }) })
      .chain(({ threshold, band }) =>
        fc.record({
          threshold: fc.constant(threshold),
          band: fc.constant(band),
          inside: fc.array(fc.integer({ min: 1, max: threshold + band }), { minLength: 1 }),
        }),
      );
    fc.assert(
      fc.property(setup, ({ threshold, band, inside }) => {
        const policy = {
          rule: null,
          defaultLowStockThreshold: threshold,
          defaultHysteresis: band,
        };
        const quantities = [threshold + band + 1, threshold, ...inside];
        const steps = runCommands(
          quantities.map((quantity) => ({ type: 'observe', quantity })),
          policy,
        );
        const alerts = eventsOf(steps).filter((event) => CROSSINGS.includes(event.type));
        expect(alerts.map((event) => event.type)).toEqual(['LOW_STOCK']);
      }),
    );
  });
});
