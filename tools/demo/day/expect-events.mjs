const LOW_STOCK_THRESHOLD = 10;

function statusOf(quantity) {
  if (quantity <= 0) return 'OUT_OF_STOCK';
  return quantity <= LOW_STOCK_THRESHOLD ? 'LOW_STOCK' : 'IN_STOCK';
}

/** The types of the events that a change from one quantity to another has to cause, in order. */
export function expectEvents(previous, quantity) {
  if (previous === quantity) return [];
  const before = statusOf(previous);
  const after = statusOf(quantity);
  const types = ['StockLevelChangedEvent'];
  if (before !== after) {
    types.push('StockStatusChangedEvent');
    if (after === 'OUT_OF_STOCK') types.push('OUT_OF_STOCK');
    else if (before === 'OUT_OF_STOCK') types.push('BACK_IN_STOCK');
    else if (after === 'LOW_STOCK') types.push('LOW_STOCK');
  }
  if (quantity <= LOW_STOCK_THRESHOLD && previous > LOW_STOCK_THRESHOLD) {
    types.push('LowStockThresholdReachedEvent');
  }
  return types;
}
