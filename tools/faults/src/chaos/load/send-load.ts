import { setTimeout as delay } from 'node:timers/promises';
import type { OperationSender } from '../../workload/create-operation-sender';
import type { Operation } from '../../workload/operation';
import { Presupposition } from './presupposition';

export interface LoadOptions {
  readonly perSecond: number;
  readonly signal: AbortSignal;
}

const SLICES_PER_SECOND = 4;

/** Sends a stream at its rate, a quarter of a second at a time. */
export async function sendLoad(
  sender: OperationSender,
  stream: readonly Operation[],
  { perSecond, signal }: LoadOptions,
): Promise<void> {
  const size = Math.ceil(perSecond / SLICES_PER_SECOND);
  const startedAt = performance.now();
  const presupposition = new Presupposition();
  for (let at = 0; at < stream.length; at += size) {
    const due = startedAt + (at / perSecond) * 1_000;
    if (due > performance.now()) await delay(due - performance.now(), undefined, { signal });
    signal.throwIfAborted();
    const before = sender.records.length;
    await sender.send(presupposition.select(stream.slice(at, at + size)), { perSecond });
    presupposition.learn(sender.records.slice(before));
  }
}
