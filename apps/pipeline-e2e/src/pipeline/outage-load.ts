import { changesOfDay } from '../shop-day/changes-of-day';
import { disturb } from '../shop-day/disturb';
import { generateOrderLines } from '../shop-day/generate-order-lines';
import type { StockChange } from '../shop-day/stock-change';

/** The first hours of a shop day: enough to be in the middle of when something breaks. */
export function outageLoad(orderLines = 600): StockChange[] {
  return disturb(changesOfDay(generateOrderLines().slice(0, orderLines)));
}
