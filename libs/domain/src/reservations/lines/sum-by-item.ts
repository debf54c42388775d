/** Units per item, in the order of their first appearance. */
export function sumByItem(
  lines: readonly { itemId: string; quantity: number }[],
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { itemId, quantity } of lines) sums.set(itemId, (sums.get(itemId) ?? 0) + quantity);
  return sums;
}
