import { type ItemFields, itemKeyOf } from './item-key-of';

/** Remembers, per item, the sequence of the last event that was handled. */
export interface SequenceStore {
  read(itemKey: string): Promise<number | undefined> | number | undefined;
  write(itemKey: string, sequence: number): Promise<void> | void;
}

export type SequenceVerdict = 'new' | 'duplicate' | 'gap';

/** What the guard needs of an event; every event of this package has it. */
export interface SequencedEvent {
  data: ItemFields & { sequence: number | null };
}

export interface SequenceGuard {
  /**
   * - `new`: the next event of its item, or the first one seen of it. Handle it.
   * - `duplicate`: handled before, or overtaken. Acknowledge it and do nothing.
   * - `gap`: events before it are missing. Normal for a queue that is bound to some event types
   *   only (handle it as new); otherwise events were lost on the way to this consumer.
   */
  check(event: SequencedEvent): Promise<SequenceVerdict>;
  /** Remembers the event as handled. Call it in the transaction that holds the event's effect. */
  advance(event: SequencedEvent): Promise<void>;
}

/**
 * Makes a consumer exactly-once: the broker delivers at least once and keeps an item's events in
 * order, so an event is a repetition if and only if its sequence isn't above the last one handled.
 * That holds through a restart only if the store is as durable as the effects; the default one,
 * in memory, is for tests and for consumers that rebuild their state at start.
 */
export function createSequenceGuard(store: SequenceStore = createMemoryStore()): SequenceGuard {
  return {
    async check({ data }) {
      if (data.sequence === null) return 'new';
      const last = await store.read(itemKeyOf(data));
      if (last === undefined) return 'new';
      if (data.sequence <= last) return 'duplicate';
      return data.sequence === last + 1 ? 'new' : 'gap';
    },
    async advance({ data }) {
      if (data.sequence === null) return;
      const itemKey = itemKeyOf(data);
      const last = await store.read(itemKey);
      if (last === undefined || data.sequence > last) await store.write(itemKey, data.sequence);
    },
  };
}

function createMemoryStore(): SequenceStore {
  const lastByItem = new Map<string, number>();
  return {
    read: (itemKey) => lastByItem.get(itemKey),
    write: (itemKey, sequence) => void lastByItem.set(itemKey, sequence),
  };
}
