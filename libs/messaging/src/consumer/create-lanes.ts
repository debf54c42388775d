import { createLane, type Lane, type LaneOptions } from './create-lane';

export interface Lanes<Entry> {
  push(entry: Entry, lane: number): void;
  clear(): void;
  whenIdle(): Promise<void>;
}

/** Several lanes side by side, which are waited for together. */
export function createLanes<Entry>(
  count: number,
  options: Omit<LaneOptions<Entry>, 'onIdle'>,
): Lanes<Entry> {
  const waiters: (() => void)[] = [];
  const lanes: readonly Lane<Entry>[] = Array.from({ length: count }, () =>
    createLane<Entry>({ ...options, onIdle }),
  );
  const areIdle = () => lanes.every((lane) => lane.isIdle());

  function onIdle(): void {
    if (areIdle()) for (const resolve of waiters.splice(0)) resolve();
  }

  return {
    push: (entry, lane) => lanes[lane % count]?.push(entry),
    clear() {
      for (const lane of lanes) lane.clear();
    },
    async whenIdle() {
      if (!areIdle()) await new Promise<void>((resolve) => void waiters.push(resolve));
    },
  };
}
