import type { StockState } from '../stock-state';

type SourceOrder = Pick<StockState, 'sourceSequence' | 'sourceOccurredAt'>;
type ReportedOrder = { sequence?: number; occurredAt?: number };

/**
 * Whether a report is older than what is stored. The source's numbering decides alone where the
 * report carries it (the same number again is applied already); only without it do clocks, and
 * then the same instant is not older, since clocks repeat themselves.
 */
export function isStale(stored: SourceOrder, reported: ReportedOrder): boolean {
  if (reported.sequence !== undefined) {
    return stored.sourceSequence !== null && reported.sequence <= stored.sourceSequence;
  }
  if (reported.occurredAt === undefined || stored.sourceOccurredAt === null) return false;
  return reported.occurredAt < stored.sourceOccurredAt;
}
