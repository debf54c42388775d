import type { StockState } from '../stock-state';

type SourceOrder = Pick<StockState, 'sourceSequence' | 'sourceOccurredAt'>;
type ReportedOrder = { sequence?: number; occurredAt?: number };

/**
 * Whether a report is older than what is stored. The source's numbering decides alone where the
 * report carries it; only without it do clocks. The same number, or the same instant, is not older:
 * sources repeat themselves, and what they repeat changes nothing.
 */
export function isStale(stored: SourceOrder, reported: ReportedOrder): boolean {
  if (reported.sequence !== undefined) {
    return stored.sourceSequence !== null && reported.sequence < stored.sourceSequence;
  }
  if (reported.occurredAt === undefined || stored.sourceOccurredAt === null) return false;
  return reported.occurredAt < stored.sourceOccurredAt;
}
