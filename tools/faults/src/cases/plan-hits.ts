import type { PlannedFault } from './standard-load';

export interface HitCounts {
  readonly beforeFinale: number;
  readonly total: number;
}

export type PlannedHit = Pick<PlannedFault, 'hit' | 'lastHits'> & { readonly label: string };

/**
 * The first, second, middle and last hit of a point that was passed so often. The last one is
 * counted from the beginning of the finale, in which one thing happens after the other, and is
 * therefore the last one in every run; where nothing of the kind happens there, it is simply the
 * one of that number.
 */
export function planHits({ beforeFinale, total }: HitCounts): PlannedHit[] {
  const planned: PlannedHit[] = [];
  if (total >= 1) planned.push({ label: 'first', hit: 1 });
  if (total >= 2) planned.push({ label: 'second', hit: 2 });
  const middle = Math.ceil(total / 2);
  if (middle > 2) planned.push({ label: 'middle', hit: middle });
  const lastHits = total - beforeFinale;
  if (total > 2 && lastHits > 0) planned.push({ label: 'last', hit: 0, lastHits });
  else if (total > middle && total > 2) planned.push({ label: 'last', hit: total });
  return planned;
}
