import { splitByItem } from './split-by-item';

const commandsOf = (...products: string[]) =>
  products.map((productId) => ({ item: { productId, variantId: null, warehouseId: null } }));

describe('splitByItem', () => {
  it('keeps what is of one product together and in order', () => {
    const products = Array.from({ length: 500 }, (_, index) => `p${(index * 7) % 60}`);
    const parts = splitByItem(commandsOf(...products), 2);
    expect(parts.flat().sort((a, b) => a - b)).toEqual(products.map((_, index) => index));
    for (const part of parts) expect(part).toEqual([...part].sort((a, b) => a - b));
    const [first = [], second = []] = parts.map((part) => part.map((index) => products[index]));
    expect(first.filter((product) => second.includes(product))).toEqual([]);
  });

  it('evens out what a few products dominate', () => {
    const products = [8, 6, 5, 4, 3, 2, 1, 1].flatMap((count, index) =>
      Array.from({ length: count }, () => `p${index}`),
    );
    expect(splitByItem(commandsOf(...products), 2).map((part) => part.length)).toEqual([15, 15]);
  });

  it('leaves parts empty where there are fewer products', () => {
    expect(splitByItem(commandsOf('a', 'a', 'a'), 2)).toEqual([[0, 1, 2], []]);
  });
});
