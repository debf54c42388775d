import type { ItemIdentity, ItemResolver } from '../items/item-resolver';
import { resolveLines } from './resolve-lines';

const IDENTITY: ItemIdentity = {
  inventoryId: 'item',
  sku: null,
  productId: 'product',
  variantId: 'variant',
  warehouseId: null,
};

function resolverOf(...matches: (ItemIdentity | 'several' | undefined)[]): ItemResolver {
  return {
    matchAll: () => Promise.resolve(matches),
    resolveAll: () => Promise.reject(new Error('not asked')),
    itemsChanged: () => undefined,
  };
}

describe('resolveLines', () => {
  it('gives the ledger the keys of the items', async () => {
    const lines = [{ sku: 'sku', quantity: 2 }];
    expect(await resolveLines(resolverOf(IDENTITY), lines)).toEqual({
      lines: [
        { item: { productId: 'product', variantId: 'variant', warehouseId: null }, quantity: 2 },
      ],
    });
  });

  it('leaves a product without a stock entry to the ledger', async () => {
    const line = { productId: 'product', warehouseId: 'warehouse', quantity: 1 };
    expect(await resolveLines(resolverOf(undefined), [line])).toEqual({
      lines: [
        { item: { productId: 'product', variantId: null, warehouseId: 'warehouse' }, quantity: 1 },
      ],
    });
  });

  it('refuses what nothing is called, and names all of it', async () => {
    const requested = [
      { productId: 'product', quantity: 1 },
      { sku: 'none', productId: 'product', quantity: 2 },
      { inventoryId: 'gone', quantity: 3 },
    ];
    const shortage = { item: null, available: 0, reason: 'PRODUCT_NOT_FOUND' };
    expect(await resolveLines(resolverOf(IDENTITY, undefined, undefined), requested)).toEqual({
      refusal: {
        outcome: 'not_found',
        shortages: [
          { ...shortage, itemId: null, sku: 'none', requested: 2 },
          { ...shortage, itemId: 'gone', requested: 3 },
        ],
      },
    });
  });

  it('refuses a name of several', async () => {
    const lines = [{ productId: 'product', quantity: 1 }];
    expect(await resolveLines(resolverOf('several'), lines)).toEqual({
      refusal: { outcome: 'ambiguous' },
    });
  });
});
