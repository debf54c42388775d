export type Skew = 'uniform' | 'zipf';

/** Picks item numbers in [0, items): all alike, or the n-th in proportion to 1/n. */
export function createItemPicker(items: number, skew: Skew, random: () => number): () => number {
  if (skew === 'uniform') return () => Math.floor(random() * items);
  const cumulative: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= items; rank += 1) {
    total += 1 / rank;
    cumulative.push(total);
  }
  return () => firstAtLeast(cumulative, random() * total);
}

function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
