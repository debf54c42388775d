import type { Felt } from './disturb';
import type { Bite } from './outage';

/** Whether an outage was seen in the way that it must be; `told` is what it says itself. */
export function hasBitten(bite: Bite, felt: Felt, told: string | undefined): boolean {
  switch (bite) {
    case 'unready':
      return felt.unready.size > 0;
    case 'warnings':
      return felt.warning.size > 0;
    case 'standstill':
      return felt.isStandstill;
    case 'deaths':
      return felt.deaths > 0;
    case 'told':
      return told !== undefined;
  }
}
