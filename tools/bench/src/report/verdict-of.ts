import type { Figure, Limit, Verdict } from './figure';

export function verdictOf({ ratio, value, must, aim }: Figure): Verdict {
  const judged = ratio ?? value;
  if (aim && isWithin(judged, aim)) return 'aim';
  if (must) return isWithin(judged, must) ? 'must' : 'short';
  return aim ? 'short' : '-';
}

function isWithin(value: number, { atLeast, atMost, below }: Limit): boolean {
  return (
    value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity) && value < (below ?? Infinity)
  );
}
