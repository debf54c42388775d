const MAKES = [
  'Nordlicht',
  'Alpina',
  'Harbour',
  'Meadow',
  'Old Town',
  'Fjord',
  'Sunrise',
  'Linden',
];
const GOODS = [
  ...['espresso beans', 'green tea', 'oat biscuits', 'dark chocolate', 'olive oil', 'honey'],
  ...['notebook', 'fountain pen', 'desk lamp', 'rucksack', 'water bottle', 'bike light'],
  ...['hand cream', 'bath towel', 'candle', 'wool socks', 'rain jacket', 'picture frame'],
];
const SIZES = ['small', 'medium', 'large', 'twin pack'];

/**
 * As many products as asked for, from number `first` on, each with an id, a SKU and a name that no
 * other number has.
 */
export function nameProducts(count, random, first = 0) {
  return Array.from({ length: count }, (_, offset) => {
    const index = first + offset;
    const make = MAKES[index % MAKES.length];
    const goods = GOODS[Math.floor(index / MAKES.length) % GOODS.length];
    const size = SIZES[Math.floor(index / (MAKES.length * GOODS.length)) % SIZES.length];
    return {
      productId: random.uuid(),
      sku: `SKU-${String(1000 + index)}`,
      name: index < MAKES.length * GOODS.length ? `${make} ${goods}` : `${make} ${goods}, ${size}`,
    };
  });
}
