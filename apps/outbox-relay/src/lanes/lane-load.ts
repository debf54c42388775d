import type { PendingEvent } from '@inventory-events/data-access';

/** What the lanes keep in memory. */
export class LaneLoad {
  events = 0;
  /** Of their payloads, as characters. */
  bytes = 0;
  /** Events known by position only. */
  laterEvents = 0;

  add(event: PendingEvent): void {
    this.events += 1;
    this.bytes += event.payload.length;
  }

  remove(event: PendingEvent): void {
    this.events -= 1;
    this.bytes -= event.payload.length;
  }
}
