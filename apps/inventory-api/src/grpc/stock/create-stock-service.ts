import type { Availability } from '../../availability/availability';
import type { StockServiceImplementation } from '../../generated/inventory/stock/v1/stock';
import type { Reservations } from '../../reservations/reservations';
import type { CallerContext } from '../calls/admit-calls';
import { parseMessage } from '../calls/parse-message';
import { refusalMessageOf } from './refusal-message-of';
import { shortageMessageOf } from './shortage-message-of';
import { checkStockRequest, orderLineRequest } from './stock-requests';

export interface StockServiceOptions {
  readonly reservations: Reservations;
  readonly availability: Availability;
}

const DONE = { success: true, message: '' };

/**
 * `inventory.stock.v1.StockService`, for callers that know products and orders alone. What the
 * state of the stock refuses is an answer, `success: false` and why; a request that is wrong, or
 * could not be decided, is an error.
 */
export function createStockService(
  options: StockServiceOptions,
): StockServiceImplementation<CallerContext> {
  const { reservations, availability } = options;
  return {
    async checkStock(message) {
      const line = parseMessage(checkStockRequest, message);
      const { available, lines } = await availability.check([line]);
      return { available, message: shortageMessageOf(lines[0]) };
    },
    async reserveStock(message, { caller }) {
      const { orderId, ...line } = parseMessage(orderLineRequest, message);
      // The order's holds of other products stay: this caller reserves line by line.
      const order = { orderId, items: [line], scope: 'items' as const };
      try {
        await reservations.reserve(order, caller);
        return DONE;
      } catch (error) {
        return { success: false, message: refusalMessageOf(error) };
      }
    },
    async releaseStock(message, { caller }) {
      const line = parseMessage(orderLineRequest, message);
      try {
        await reservations.cancel(line, caller);
        return DONE;
      } catch (error) {
        return { success: false, message: refusalMessageOf(error) };
      }
    },
  };
}
