import type { Availability } from '../../availability/availability';
import type { InventoryServiceImplementation } from '../../generated/inventory/v1/inventory';
import type { Reservations } from '../../reservations/reservations';
import type { Stock } from '../../stock/stock';
import type { CallerContext } from '../calls/admit-calls';
import { parseMessage } from '../calls/parse-message';
import {
  cancelReservationRequest,
  checkAvailabilityRequest,
  commitReservationRequest,
  getInventoryRequest,
  reserveStockRequest,
  updateStockRequest,
} from './inventory-requests';
import { toInventoryResponse } from './to-inventory-response';
import { toReservationResponse } from './to-reservation-response';
import { updateStock } from './update-stock';

export interface InventoryServiceOptions {
  readonly stock: Stock;
  readonly reservations: Reservations;
  readonly availability: Availability;
}

/** `inventory.v1.InventoryService`: what the REST API does, in the same use cases. */
export function createInventoryService(
  options: InventoryServiceOptions,
): InventoryServiceImplementation<CallerContext> {
  const { stock, reservations, availability } = options;
  return {
    async getInventory(message) {
      const { item } = parseMessage(getInventoryRequest, message);
      return toInventoryResponse(await stock.read(item));
    },
    async checkAvailability(message) {
      const { lines } = parseMessage(checkAvailabilityRequest, message);
      const answer = await availability.check(lines);
      return {
        available: answer.available,
        lines: answer.lines.map(({ available, quantityAvailable }) => ({
          available,
          quantityAvailable,
        })),
      };
    },
    async reserveStock(message, { caller }) {
      const order = parseMessage(reserveStockRequest, message);
      return toReservationResponse(await reservations.reserve(order, caller));
    },
    async commitReservation(message, { caller }) {
      await reservations.commit(parseMessage(commitReservationRequest, message), caller);
      return {};
    },
    async cancelReservation(message, { caller }) {
      await reservations.cancel(parseMessage(cancelReservationRequest, message), caller);
      return {};
    },
    async updateStock(message, { caller }) {
      const request = parseMessage(updateStockRequest, message);
      return toInventoryResponse(await updateStock(stock, request, caller));
    },
  };
}
