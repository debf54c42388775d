import type { LineAvailability } from './availability';
import { lineAvailabilityJson } from './line-availability-json';

const LINE: LineAvailability = {
  inventoryId: '00000000-0000-7000-8000-000000000001',
  productId: '00000000-0000-7000-8000-000000000002',
  variantId: null,
  warehouseId: null,
  sku: null,
  itemCount: 1,
  requested: 2,
  quantityAvailable: 3,
  available: true,
  reason: null,
};

describe('lineAvailabilityJson', () => {
  it('writes what JSON.stringify writes', () => {
    const lines: LineAvailability[] = [
      LINE,
      { ...LINE, sku: 'a "quoted" \\ é', itemCount: 0, available: false, inventoryId: null },
      { ...LINE, reason: 'PRODUCT_NOT_FOUND', variantId: LINE.productId, quantityAvailable: 0 },
      { ...LINE, reason: 'INSUFFICIENT_STOCK', warehouseId: LINE.productId, productId: null },
    ];
    for (const line of lines) expect(lineAvailabilityJson(line)).toBe(JSON.stringify(line));
  });
});
