import type { ItemReference } from './item-reference';
import { selectItem } from './select-item';

const item = (id: string, rest: object = {}) => ({
  id,
  productId: 'p1',
  variantId: null,
  warehouseId: null,
  sku: 'MUG',
  ...rest,
});
const plain = item('i0');
const east = item('i1', { warehouseId: 'east' });
const west = item('i2', { warehouseId: 'west' });
const red = item('i3', { variantId: 'red', warehouseId: 'east' });

function named(reference: ItemReference, ...candidates: ReturnType<typeof item>[]) {
  const selected = selectItem(reference, candidates);
  return typeof selected === 'object' ? [selected.item.id, selected.isExact] : selected;
}

describe('selectItem', () => {
  it('takes the item without variant and warehouse for a product, for good', () => {
    expect(named({ productId: 'p1' }, east, plain, west)).toEqual(['i0', true]);
  });

  it('takes the only one that fits, for as long as it is', () => {
    expect(named({ productId: 'p1' }, east)).toEqual(['i1', false]);
    expect(named({ sku: 'MUG' }, east)).toEqual(['i1', false]);
    expect(named({ sku: 'MUG', warehouseId: 'west' }, east, west)).toEqual(['i2', false]);
    expect(named({ productId: 'p1', variantId: 'red' }, east, red)).toEqual(['i3', false]);
  });

  it('does not choose among several', () => {
    expect(named({ productId: 'p1' }, east, west)).toBe('several');
    expect(named({ sku: 'MUG' }, plain, east)).toBe('several');
  });

  it('has every field fit', () => {
    expect(named({ inventoryId: 'i1' }, east)).toEqual(['i1', true]);
    expect(named({ inventoryId: 'i1', warehouseId: 'west' }, east)).toBeUndefined();
    expect(named({ inventoryId: 'i1', sku: 'CUP' }, east)).toBeUndefined();
    expect(named({ productId: 'p1', sku: 'CUP' }, plain)).toBeUndefined();
    expect(named({ productId: 'p1', sku: 'MUG' }, plain)).toEqual(['i0', false]);
    expect(named({ productId: 'p1', warehouseId: 'east' }, plain, east)).toEqual(['i1', true]);
    expect(named({ productId: 'p1' })).toBeUndefined();
  });
});
