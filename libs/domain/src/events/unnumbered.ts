import type { ItemEvent } from './item-event';

/** An event before it has its place in the item's sequence. */
export type Unnumbered<E extends ItemEvent> = E extends ItemEvent ? Omit<E, 'sequence'> : never;
