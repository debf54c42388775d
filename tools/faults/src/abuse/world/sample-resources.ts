import type { Target } from './open-abuse-world';

/** What a process holds. */
export interface Resources {
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Sockets above all: connections in both directions. */
  readonly openFiles: number;
  /** Timers and requests included. */
  readonly handles: number;
}

const GC_ROUNDS = 3;

/** After its garbage is collected, so that what is counted is what is kept. */
export async function sampleResources({ app }: Target): Promise<Resources> {
  let text = '';
  for (let round = 0; round < GC_ROUNDS; round += 1) {
    app.signal('SIGUSR2');
    // By this answer the signal has been dealt with.
    const response = await fetch(`${app.url}/metrics`, { headers: { connection: 'close' } });
    text = await response.text();
  }
  const read = (name: string): number => {
    const line = text.split('\n').find((each) => each.startsWith(`${name}{`));
    const value = Number(line?.split(' ').at(-1));
    if (Number.isFinite(value)) return value;
    throw new Error(`${app.url}/metrics has no ${name}`);
  };
  return {
    residentBytes: read('process_resident_memory_bytes'),
    heapBytes: read('nodejs_heap_size_used_bytes'),
    openFiles: read('process_open_fds'),
    handles: read('nodejs_active_resources_total'),
  };
}
