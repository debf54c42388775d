import { AppError } from '@inventory-events/errors';
import type { z } from '@inventory-events/service-runtime/api';
import { parseMessage } from '../calls/parse-message';
import {
  commitReservationRequest,
  getInventoryRequest,
  reserveStockRequest,
  updateStockRequest,
} from './inventory-requests';

const ID = '0193a1b2-0000-7000-8000-000000000001';
const OTHER = '0193a1b2-0000-7000-8000-000000000002';

/** As the generated decoder makes them: every field is there, absent ones as undefined. */
const product = (value = ID) => ({
  item: { $case: 'productId', value },
  variantId: undefined,
  warehouseId: undefined,
});
const order = (quantity: number, item: unknown = product()) => ({
  orderId: ID,
  userId: undefined,
  ttlSeconds: undefined,
  lines: [{ item, quantity }],
});

function fieldsRefused(schema: z.ZodType, message: unknown): string[] {
  try {
    parseMessage(schema, message);
    return [];
  } catch (error) {
    const { code, details } = error as AppError;
    expect(code).toBe('INVALID_REQUEST');
    return (details as { field: string }[]).map(({ field }) => field);
  }
}

describe('the requests of InventoryService', () => {
  it('names an item by one thing and what belongs to it', () => {
    const message = { item: { ...product(ID.toUpperCase()), variantId: OTHER } };
    expect(parseMessage(getInventoryRequest, message)).toEqual({
      item: { productId: ID, variantId: OTHER },
    });
  });

  it('hands over an order as the use case takes it', () => {
    expect(parseMessage(reserveStockRequest, order(3))).toEqual({
      orderId: ID,
      items: [{ productId: ID, quantity: 3 }],
    });
  });

  it.each([
    ['zero', order(0), ['lines.0.quantity']],
    ['a negative quantity', order(-1), ['lines.0.quantity']],
    ['an overflown int32', order(-2_147_483_648), ['lines.0.quantity']],
    ['no item', { ...order(1), lines: [{ quantity: 1 }] }, ['lines.0.item']],
    [
      'an item that is named by nothing',
      order(1, { ...product(), item: undefined }),
      ['lines.0.item'],
    ],
    ['no UUID', order(1, product('p1')), ['lines.0.item.productId']],
    ['no lines', { ...order(1), lines: [] }, ['lines']],
    ['1 001 lines', { ...order(1), lines: Array(1_001).fill(order(1).lines[0]) }, ['lines']],
    ['no order', { ...order(1), orderId: '' }, ['orderId']],
    ['no time to hold it', { ...order(1), ttlSeconds: 0 }, ['ttlSeconds']],
    [
      'a NUL',
      order(1, { ...product(), item: { $case: 'sku', value: 'a\0' } }),
      ['lines.0.item.sku'],
    ],
  ])('refuses %s', (_what, message, fields) => {
    expect(fieldsRefused(reserveStockRequest, message)).toEqual(fields);
  });

  it('takes the largest quantity there is', () => {
    expect(parseMessage(reserveStockRequest, order(2_147_483_647)).items[0]?.quantity).toBe(
      2_147_483_647,
    );
  });

  it.each([
    ['a new quantity', { $case: 'newQuantity', value: 0 }, { newQuantity: 0 }],
    ['a change of it', { $case: 'quantityChange', value: -5 }, { quantityChange: -5 }],
  ])('takes %s', (_what, change, expected) => {
    const request = { item: product(), change };
    expect(parseMessage(updateStockRequest, request)).toMatchObject(expected);
  });

  it.each([
    ['a change by nothing', { $case: 'quantityChange', value: 0 }, ['quantityChange']],
    ['fewer than none', { $case: 'newQuantity', value: -1 }, ['newQuantity']],
    ['no change', undefined, ['change']],
  ])('refuses %s', (_what, change, fields) => {
    expect(fieldsRefused(updateStockRequest, { item: product(), change })).toEqual(fields);
  });

  it('refuses to commit none of a reservation', () => {
    const message = { reservationId: ID, quantity: 0 };
    expect(fieldsRefused(commitReservationRequest, message)).toEqual(['quantity']);
  });
});
