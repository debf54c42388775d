import { quantile } from '../measure/quantile';

export interface ClosedLoop {
  perSecond: number;
  quantileMs(q: number): number;
  /** What the answers were, counted. */
  answers: ReadonlyMap<string, number>;
}

/**
 * So many callers, each asking again as soon as it is answered, for so long. What `ask` resolves
 * with names the kind of the answer.
 */
export async function closedLoop(options: {
  callers: number;
  durationMs: number;
  ask: () => Promise<string>;
}): Promise<ClosedLoop> {
  const { callers, durationMs, ask } = options;
  const latencies: number[] = [];
  const answers = new Map<string, number>();
  const startedAt = performance.now();
  async function call(): Promise<void> {
    for (;;) {
      const askedAt = performance.now();
      if (askedAt - startedAt >= durationMs) return;
      const answer = await ask();
      latencies.push(performance.now() - askedAt);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: callers }, call));
  const perSecond = (latencies.length * 1_000) / (performance.now() - startedAt);
  return { perSecond, quantileMs: (q) => quantile(latencies, q), answers };
}
