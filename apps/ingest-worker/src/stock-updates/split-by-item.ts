import type { ItemLedgerCommand } from '@inventory-events/stock-ledger';

/**
 * The positions of the commands in so many parts of about the same size. The commands of a product
 * stay in one part and in order. Placed are the largest first, each where the least is so far: the
 * best sellers of a skewed batch would otherwise fall together by chance, and one part be waited for.
 */
export function splitByItem(
  commands: readonly Pick<ItemLedgerCommand, 'item'>[],
  partCount: number,
): number[][] {
  const byProduct = new Map<string, number[]>();
  commands.forEach(({ item }, index) => {
    const positions = byProduct.get(item.productId);
    if (positions === undefined) byProduct.set(item.productId, [index]);
    else positions.push(index);
  });
  const parts = Array.from({ length: partCount }, (): number[] => []);
  for (const positions of [...byProduct.values()].sort((a, b) => b.length - a.length)) {
    const smallest = parts.reduce((least, part) => (part.length < least.length ? part : least));
    smallest.push(...positions);
  }
  return parts.map((part) => part.sort((a, b) => a - b));
}
