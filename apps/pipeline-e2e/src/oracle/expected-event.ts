export interface ExpectedEvent {
  sequence: number;
  type: string;
  from: number;
  to: number;
  threshold: number;
  source: string;
  /** Only of status changes: old and new, joined by an arrow. */
  statuses?: string;
}
