import { coerceError } from '@inventory-events/errors';

export interface KeyedBatcherOptions<Input, Output> {
  /** What became of the keys; one without an answer gets undefined. */
  run(batch: ReadonlyMap<string, Input>): Promise<ReadonlyMap<string, Output>>;
  /** Of two inputs for one key that wait together, the one to run. */
  merge(earlier: Input, later: Input): Input;
  readonly batchSize: number;
  /** Batches under way at once. */
  readonly sessions: number;
}

export interface KeyedBatcher<Input, Output> {
  /** What became of the key in a run that began after this was called. */
  submit(key: string, input: Input): Promise<Output | undefined>;
}

interface Entry<Input, Output> {
  input: Input;
  readonly answer: Promise<Output | undefined>;
  resolve(output: Output | undefined): void;
  reject(error: Error): void;
}

/**
 * Runs together what was asked for meanwhile, each key once: at once when a session is idle. Nobody
 * joins a run that has begun, so that no answer is older than its question; a key that everybody
 * asks for is therefore run `sessions` times at once at most, and waits for two runs at most.
 */
export function createKeyedBatcher<Input, Output>(
  options: KeyedBatcherOptions<Input, Output>,
): KeyedBatcher<Input, Output> {
  const { batchSize, sessions } = options;
  let waiting = new Map<string, Entry<Input, Output>>();
  let running = 0;
  let isBeginning = false;

  function begin(): void {
    isBeginning = false;
    while (running < sessions && waiting.size > 0) {
      const batch = takeBatch();
      running += 1;
      void runBatch(batch).finally(() => {
        running -= 1;
        begin();
      });
    }
  }

  function takeBatch(): Map<string, Entry<Input, Output>> {
    if (waiting.size <= batchSize) {
      const batch = waiting;
      waiting = new Map();
      return batch;
    }
    const batch = new Map([...waiting].slice(0, batchSize));
    for (const key of batch.keys()) waiting.delete(key);
    return batch;
  }

  async function runBatch(batch: ReadonlyMap<string, Entry<Input, Output>>): Promise<void> {
    try {
      const inputs = new Map([...batch].map(([key, entry]) => [key, entry.input]));
      const outputs = await options.run(inputs);
      for (const [key, entry] of batch) entry.resolve(outputs.get(key));
    } catch (thrown) {
      const error = coerceError(thrown);
      for (const entry of batch.values()) entry.reject(error);
    }
  }

  return {
    submit(key, input) {
      const present = waiting.get(key);
      if (present !== undefined) {
        present.input = options.merge(present.input, input);
        return present.answer;
      }
      const entry = createEntry<Input, Output>(input);
      waiting.set(key, entry);
      // What is asked for in the same turn goes together.
      if (!isBeginning) queueMicrotask(begin);
      isBeginning = true;
      return entry.answer;
    },
  };
}

function createEntry<Input, Output>(input: Input): Entry<Input, Output> {
  let resolve!: Entry<Input, Output>['resolve'];
  let reject!: Entry<Input, Output>['reject'];
  const answer = new Promise<Output | undefined>((onAnswer, onError) => {
    resolve = onAnswer;
    reject = onError;
  });
  return { input, answer, resolve, reject };
}
