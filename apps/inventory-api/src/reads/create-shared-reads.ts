import { coerceError } from '@inventory-events/errors';

export interface SharedReadsOptions<Key, Value> {
  /** One statement for all that is asked, each key once; answers in their order. */
  read(keys: readonly Key[]): Promise<readonly Value[]>;
  /** Statements under way at once; 2 when left out. */
  readonly sessions?: number;
  /** Keys in one statement, 1 000 when left out; more only where one caller asks for more. */
  readonly maxKeys?: number;
}

interface Asked<Key, Value> {
  readonly keys: readonly Key[];
  resolve(answer: readonly Value[]): void;
  reject(error: Error): void;
}

/**
 * Natural batching for reads: at once where a session is idle, and together with what others ask
 * meanwhile where none is; answered in the order of the keys. Nobody is answered by a read that began before the question: what a
 * caller was told to be done is in the answer.
 */
export function createSharedReads<Key, Value>(
  options: SharedReadsOptions<Key, Value>,
): (keys: readonly Key[]) => Promise<readonly Value[]> {
  const { read, sessions = 2, maxKeys = 1_000 } = options;
  let waiting: Asked<Key, Value>[] = [];
  let running = 0;

  function takeBatch(): Asked<Key, Value>[] {
    let size = 0;
    const end = waiting.findIndex((asked, index) => {
      size += asked.keys.length;
      return size > maxKeys && index > 0;
    });
    const batch = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    return batch;
  }

  async function readBatch(batch: readonly Asked<Key, Value>[]): Promise<void> {
    try {
      const places = new Map<Key, number>();
      for (const { keys } of batch) {
        for (const key of keys) if (!places.has(key)) places.set(key, places.size);
      }
      const values = await read([...places.keys()]);
      const valueOf = (key: Key) => values[places.get(key) as number] as Value;
      for (const asked of batch) asked.resolve(asked.keys.map(valueOf));
    } catch (error) {
      for (const asked of batch) asked.reject(coerceError(error));
    }
  }

  function begin(): void {
    while (running < sessions && waiting.length > 0) {
      running += 1;
      void readBatch(takeBatch()).finally(() => {
        running -= 1;
        begin();
      });
    }
  }

  return (keys) =>
    new Promise((resolve, reject) => {
      waiting.push({ keys, resolve, reject });
      begin();
    });
}
