const LOW_STOCK_THRESHOLD = 10;

export function statusOf(available) {
  if (available <= 0) return 'OUT_OF_STOCK';
  return available <= LOW_STOCK_THRESHOLD ? 'LOW_STOCK' : 'IN_STOCK';
}

/**
 * The types of the stock events that a change from one `{onHand, reserved}` to another has to cause,
 * in order. Written down apart from the apps, which are checked against it.
 */
export function expectEvents(before, after) {
  const [previous, available] = [before, after].map(({ onHand, reserved }) => onHand - reserved);
  const types = before.onHand === after.onHand ? [] : ['StockLevelChangedEvent'];
  const [oldStatus, newStatus] = [statusOf(previous), statusOf(available)];
  if (oldStatus !== newStatus) {
    types.push('StockStatusChangedEvent');
    if (newStatus === 'OUT_OF_STOCK') types.push('OUT_OF_STOCK');
    else if (oldStatus === 'OUT_OF_STOCK') types.push('BACK_IN_STOCK');
    else if (newStatus === 'LOW_STOCK') types.push('LOW_STOCK');
  }
  if (available <= LOW_STOCK_THRESHOLD && previous > LOW_STOCK_THRESHOLD) {
    types.push('LowStockThresholdReachedEvent');
  }
  return types;
}
