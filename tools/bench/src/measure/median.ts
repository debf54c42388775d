import { quantile } from './quantile';

export function median(values: readonly number[]): number {
  return quantile([...values], 0.5);
}
