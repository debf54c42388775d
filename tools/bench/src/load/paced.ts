import { setTimeout as delay } from 'node:timers/promises';

/** Hands out items at an even rate, catching up where the timer was late. */
export async function paced<T>(
  items: Iterable<T>,
  perSecond: number,
  act: (item: T, index: number) => void,
): Promise<void> {
  const startedAt = performance.now();
  let index = 0;
  for (const item of items) {
    while (((performance.now() - startedAt) / 1000) * perSecond < index) await delay(1);
    act(item, index);
    index += 1;
  }
}
