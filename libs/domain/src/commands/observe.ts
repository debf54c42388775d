import type { Decision } from '../decision';
import { eventsOfChange } from '../events/events-of-change';
import type { Movement } from '../movement';
import type { ChangeType, ObserveCommand } from '../stock-command';
import type { StockState } from '../stock-state';
import { judgeStatus } from '../thresholds/judge-status';
import { resolveHysteresis } from '../thresholds/resolve-hysteresis';
import { resolveThreshold } from '../thresholds/resolve-threshold';
import type { ThresholdPolicy } from '../thresholds/threshold-policy';
import { isStale } from './is-stale';
import { movementTypeOf } from '../changes/movement-type-of';

/** Sets the quantity on hand to what a source reports. */
export function observe(
  state: StockState,
  command: ObserveCommand,
  policy: ThresholdPolicy,
): Decision {
  const nothing = { state, events: [], movements: [] } as const;
  if (isStale(state, command)) {
    return { outcome: 'stale', ...nothing, previousQuantityMismatch: false };
  }
  const previousQuantityMismatch = contradictsStored(state, command);
  // Promised stock can't be observed away: available would fall below zero.
  if (command.quantity < state.reserved) {
    return { outcome: 'rejected', reason: 'below_reserved', ...nothing, previousQuantityMismatch };
  }

  const threshold = resolveThreshold(
    { message: command.lowStockThreshold, item: state.lowStockThreshold },
    policy,
  );
  const limits = {
    lowStockThreshold: threshold.lowStockThreshold,
    hysteresis: resolveHysteresis(policy),
  };
  const opening = state.baselined ? state : openStock(state, command, limits);
  const after: StockState = {
    ...advanceSource(opening, command),
    onHand: command.quantity,
    status: judgeStatus({
      available: command.quantity - opening.reserved,
      ...limits,
      current: opening.status,
    }),
  };
  const changeType = command.changeType ?? 'ADJUSTMENT';
  const events = eventsOfChange({
    before: opening,
    after,
    threshold,
    changeType,
    lastSequence: state.sequence,
  });
  if (state.baselined && events.length === 0) {
    return { outcome: 'unchanged', ...nothing, state: after, previousQuantityMismatch };
  }
  return {
    outcome: 'applied',
    state: { ...after, sequence: state.sequence + events.length },
    events,
    movements: [
      ...(state.baselined ? [] : [baselineMovement(opening.onHand)]),
      ...(after.onHand === opening.onHand
        ? []
        : [observedMovement(after.onHand - opening.onHand, changeType)]),
    ],
    previousQuantityMismatch,
  };
}

/**
 * What an item held before its first observation: the previous quantity the source names, or
 * else the observed one, so that nothing changed and nothing is told.
 */
function openStock(
  state: StockState,
  command: ObserveCommand,
  limits: { lowStockThreshold: number; hysteresis: number },
): StockState {
  const onHand = command.previousQuantity ?? command.quantity;
  const status = judgeStatus({
    available: onHand - state.reserved,
    ...limits,
    current: state.status === 'DISCONTINUED' ? state.status : null,
  });
  return { ...state, onHand, status, baselined: true };
}

function contradictsStored(state: StockState, command: ObserveCommand): boolean {
  if (!state.baselined || command.previousQuantity === undefined) return false;
  return command.previousQuantity !== state.onHand;
}

/** The source's position never moves back, not even when its two clocks disagree. */
function advanceSource(state: StockState, command: ObserveCommand): StockState {
  return {
    ...state,
    sourceSequence: command.sequence ?? state.sourceSequence,
    sourceOccurredAt: latest(state.sourceOccurredAt, command.occurredAt),
  };
}

function latest(stored: number | null, reported: number | undefined): number | null {
  if (reported === undefined) return stored;
  return stored === null ? reported : Math.max(stored, reported);
}

function baselineMovement(quantity: number): Movement {
  return { type: 'ADJUSTMENT', quantity, reason: 'baseline' };
}

function observedMovement(quantity: number, changeType: ChangeType): Movement {
  return { type: movementTypeOf(changeType), quantity, reason: 'observed' };
}
